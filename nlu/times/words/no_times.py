"""Words that say of the number beside them that it is no time, in both languages."""

# A number after these names or counts something: klass 7, room 14.
BEFORE_NUMBER_SV = (
    "klass klassen sal salen hörsal hörsalen rum rummet lokal lokalen kurs grupp"
    " gruppen sektion avsnitt kapitel"
    " version sida sidan sid figur tabell nr nummer numret uppgift fråga punkt punkten nivå"
    " årskurs åk hus byggnad plan våning våningen termin bilaga modul delkurs labb lab del steg"
    " buss bussen linje spår paragraf rad kolumn alternativ ärende dnr diarienummer kod pin id"
    " version release issue tel telefon telefonnummer mobil anknytning ankn topp fick betyg"
    " resultat poäng minst högst max kostar pris budget drygt knappt tåg flyg gate"
)
BEFORE_NUMBER_EN = (
    "class room hall group section chapter version page pages figure table no number question"
    " item step level year grade building floor appendix module lab part bus line track paragraph"
    " row column option case id code issue release phone tel mobile extension ext top got scored"
    " score least most maximum minimum costs price budget task exercise course gate"
)

# So does a number before these: 20 studenter, 7.5 credits.
AFTER_NUMBER_SV = (
    "kr kronor sek procent poäng p hp högskolepoäng stycken styck personer person pers studenter"
    " student studenterna alumner alumn alumnerna mentorer mentor föreläsare platser plats"
    " koordinatorer deltagare gäster kollegor saker frågor artiklar böcker mejl mail minuters"
    " timmars dagars veckors månaders års deltagarna grader meter km kg mb gb rätt tentor"
    " exemplar kopior ord tecken sidor förslag tips exjobb praktikplatser punkter"
    " anmälda rapporter uppsatser sammanfattningar våningen vån upplagan raden platsen"
    " gången kapitlet alternativet kvartalen"
)
AFTER_NUMBER_EN = (
    "percent points point credits credit ects people persons person students student alumni"
    " alumnus mentors mentor lecturers lecturer seats places participants guests colleagues"
    " things questions articles books emails mails messages degrees meters miles correct"
    " copies words pages tips theses floor edition place option draft chapter party version"
    " coordinators quiz tickets topics items slots names ideas slides reports"
)

# Near these 3/5 is a mark and no day.
SCORE_SV = "fick får betyg resultat poäng rätt provet tentan quizzen testet omdöme"
SCORE_EN = "got scored score grade result points quiz test exam rated rating"
