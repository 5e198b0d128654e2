"""Swedish words of time."""

UNITS = (
    "noll - två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton"
    " arton nitton"
).split()
ARTICLES = ("en",)
TENS = {20: "tjugo", 30: "trettio", 40: "fyrtio", 50: "femtio"}
ORDINALS = (
    "nollte första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte"
    " trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta"
    " tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde tjugoåttonde"
    " tjugonionde trettionde trettioförsta"
).split()

SYMBOLS = {
    "SNOOZE": "snooza snooze",
    "CHANGE": "flytta flyttar flyttas ändra byt byta omboka boka_om",
    "MOVE": "skjut_upp skjut_fram skjut_på flytta_fram senarelägg vänta_med",
    "X": "är semester fri sat sun fall",
    # small words
    "KL": "kl kl. klockan klocka klckan vid_klockan runt_klockan vid_kl",
    "ETT=1": "ett",
    "AT": "vid runt omkring kring ca cirka vidpass",
    "ON": "på",
    "THE": "den",
    "DET": "det de dom",
    "MY": "mitt mina vårt våra ditt din dina hennes hans deras",
    "OM": "om",
    "IN": "inom",
    "I": "i",
    "OF": "av",
    "UNDER": "under",
    "FOR": "för",
    "FROM": "från fr.o.m f.o.m fr_o_m från_och_med from_och_med med_start med_början start_den"
    " räknat_från",
    "SINCE": "sedan sen alltsedan",
    "BETWEEN": "mellan",
    "TO": "till",
    "UNTIL": "t.o.m t_o_m tom till_och_med fram_till fram_tills tills längst_till ända_till",
    "BY": "senast allra_senast sista_dag sista_datum",
    "BEFORE": "före innan inför",
    "AFTER": "efter",
    "AND": "och samt o",
    "OR": "eller",
    "LATER": "framåt från_nu från_idag från_och_med_nu fram",
    "MORE": "senare",
    "EARLIER": "tidigare",
    "NOT": "inte ej",
    "INSTEAD": "istället i_stället",
    "SOON": "snart om_en_stund om_ett_tag om_en_liten_stund inom_kort så_småningom vid_tillfälle",
    "OCLOCK": "tiden prick",
    "EXCEPT": "utom förutom men_inte inte_på dock_inte undantaget med_undantag_för",
    "NO": "god_morgon godmorgon god_kväll god_dag god_jul gott_nytt_år trevlig_helg skön_helg"
    " trevlig_dag bra_dag fin_dag trevlig_kväll bra_helg i_första_hand för_det_första"
    " nu_för_tiden hur_dags dag_ut dag_för_dag från_morgon_till_kväll i_andra_hand"
    " på_dagordningen nästa_gång förra_gången en_annan_dag glad_påsk trevlig_midsommar"
    " år_för_år på_tu_man_hand till_att_börja_med i_sista_minuten i_sista_stund",
    # which one
    "EVERY": "varje varenda",
    "VAR": "var vart",
    "ALL": "alla",
    "OTHER": "varannan vartannat varanan",
    "NEXT": "nästa nästkommande nästföljande",
    "NEXTNEXT": "nästnästa",
    "THIS": "denna denne detta den_här det_här den_har det_har nu_på nu_i nu_till innevarande"
    " nuvarande pågående",
    "COMING": "kommande närmaste närmsta",
    "PREV": "förra föregående gångna",
    "LATEST": "senaste",
    "LAST": "sista siste",
    "OW=1": "förste",
    "OW=2": "andre",
    "LAST2": "näst_sista",
    "REST": "resten_av återstoden_av",
    "WHOLE": "hela hela_dagen",
    "EDGE=start": "början_av början_på inledningen_av starten_av starten_på första_delen_av tidigt",
    "EDGE=mid": "mitten_av mitten_på",
    "EDGE=end": "slutet_av slutet_på slutet_utav sent",
    "TERMEDGE=start": "terminsstart terminsstarten kursstart",
    "TERMEDGE=end": "terminsslut terminsslutet terminens_slut",
    "MONTHEDGE=end": "månadsslutet månadens_slut",
    "MONTHTURN": "månadsskiftet",
    "YEAREDGE=end": "årets_slut årsslutet",
    "YEAREDGE=start": "årsskiftet",
    # how often
    "FREQ=day": "dagligen alla_dagar alla_dar",
    "FREQ=week": "veckovis",
    "FREQ=month": "månadsvis månatligen",
    "FREQ=quarter": "kvartalsvis",
    "FREQ=year": "årligen årsvis",
    "ONCE": "en_gång 1_gång",
    "TIMES": "gånger ggr",
    "PER": "per",
    "EVEN": "jämn jämna",
    "ODD": "udda ojämn ojämna",
    # clock
    "PAST": "över",
    "HALF": "halv halva",
    "QUARTER": "kvart kvarten",
    "CLK=12:00": "middagstid lunchtid tolvslaget",
    "LUNCH": "lunch lunchen",
    "MIDNIGHT": "midnatt",
    "EOD": "arbetsdagens_slut dagens_slut slutet_av_dagen slutet_på_dagen slutet_av_arbetsdagen",
    "AH": "en_halv ett_halvt",
    "ANDHALF": "och_en_halv och_ett_halvt",
    "DEC=1.5": "en_och_en_halv ett_och_ett_halvt halvannan",
    "COUPLE": "ett_par par",
    "FEW": "några nån någon",
    # parts of the day
    "PART=morning": "morgon morgonen bitti tidig_morgon morgnar mornar morron morgonkvisten",
    "PART=forenoon": "förmiddag förmiddagen fm f.m förmiddagar",
    "PART=afternoon": "eftermiddag eftermiddagen em e.m eftermiddagar eftermiddan eftermidda",
    "PART=evening": "kväll kvällen kvällar kvällskvisten",
    "PART=night": "natt natten nätter",
    "DAYPART=evening": "ikväll i_kväll",
    "DAYPART=night": "inatt i_natt",
    "DAYPART=afternoon": "i_eftermiddag ieftermiddag",
    "DAYPART=forenoon": "i_förmiddag iförmiddag",
    "PASTPART=morning": "imorse i_morse",
    "PASTPART=forenoon": "i_förmiddags",
    "PASTPART=afternoon": "i_eftermiddags",
    "PASTPART=evening": "i_kvällas",
    "REL=0": "idag i_dag idg",
    "REL=1": "imorgon i_morgon imorn i_morn imorrn i_morrn imorron i_morron imon imor imoron"
    " imorgn imogon",
    "REL=2": "övermorgon i_övermorgon iövermorgon i_över_morgon i_överimorgon överimorgon"
    " övermorn i_övermorn övermorrn i_övermorrn",
    "REL=-1": "igår i_går gårdagens",
    "REL=-2": "förrgår i_förrgår iförrgår",
    "WD=0": "måndag måndagen månda månd",
    "WD=1": "tisdag tisdagen tisda tisd tis",
    "WD=2": "onsdag onsdagen onsda onsd ons",
    "WD=3": "torsdag torsdagen torsda torsd tors",
    "WD=4": "fredag fredagen fre",
    "WD=5": "lördag lördagen lörda lörd lör",
    "WD=6": "söndag söndagen sönda sönd sön",
    "WDA=0": "mån",
    "WDA=3": "tor",
    "WD2=0": "må",
    "WD2=1": "ti",
    "WD2=3": "to",
    "WD2=4": "fr",
    "WD2=5": "lö",
    "WD2=6": "sö",
    "WDS=0": "måndagar måndagarna",
    "WDS=1": "tisdagar tisdagarna",
    "WDS=2": "onsdagar onsdagarna",
    "WDS=3": "torsdagar torsdagarna",
    "WDS=4": "fredagar fredagarna",
    "WDS=5": "lördagar lördagarna",
    "WDS=6": "söndagar söndagarna",
    "WDP=0": "måndags",
    "WDP=1": "tisdags",
    "WDP=2": "onsdags",
    "WDP=3": "torsdags",
    "WDP=4": "fredags",
    "WDP=5": "lördags",
    "WDP=6": "söndags",
    "UNIT=second": "sekund sekunder sek",
    "UNIT=minute": "minut minuter minuterna minuten min minutrar",
    "UNIT=halfhour": "halvtimme halvtimma halvtimmen",
    "UNIT=hour": "timme timmar timmarna timma timmen tim h",
    "UNIT=day": "dag dagar dagen dagarna dar dygn dygnet",
    "UNIT=workday": "vardag vardagen arbetsdag arbetsdagen arbetsdagar arbetsdagarna",
    "WORKDAYS": "vardagar vardagarna",
    "UNIT=week": "vecka veckor veckan veckorna vecko vkn vka",
    "UNIT=weekend": "helg helgen veckoslut veckoslutet",
    "WEEKENDS": "helger helgerna",
    "UNIT=month": "månad månader månaden månaderna",
    "UNIT=quarter": "kvartal kvartalet",
    "UNIT=halfyear": "halvår halvåret",
    "UNIT=year": "år året åren",
    "UNIT=ayear": "läsår läsåret läsårets",
    "UNITG=week": "veckas veckans",
    "UNITG=month": "månads månadens",
    "UNITG=year": "års årets",
    "UNITG=term": "termins terminens",
    "UNIT=term": "termin terminen terminer terminerna",
    "UNIT=period": "läsperiod läsperioden",
    "WEEK": "v v.",
    "WEEKS=2": "veckan_efter_nästa vecka_efter_nästa nästnästa_vecka",
    "MONTHS=2": "månaden_efter_nästa",
    "YEAR=0": "i_år iår",
    "YEAR=-1": "i_fjol ifjol fjolåret",
    # months, seasons, terms
    "MON=1": "januari jan",
    "MON=2": "februari feb febr",
    "MON=3": "mars",
    "MON=4": "april apr",
    "MON=5": "maj",
    "MON=6": "juni jun",
    "MON=7": "juli",
    "MON=8": "augusti aug",
    "MON=9": "september sep sept",
    "MON=10": "oktober okt",
    "MON=11": "november nov",
    "MON=12": "december dec",
    "SEASON=spring": "våren",
    "SEASON=summer": "sommaren sommar",
    "SEASON=autumn": "hösten höst",
    "SEASON=winter": "vintern vinter",
    "SEASONI=spring": "i_vår",
    "SEASONI=summer": "i_sommar",
    "SEASONI=autumn": "i_höst",
    "SEASONI=winter": "i_vinter",
    "SEASONP=spring": "i_våras",
    "SEASONP=summer": "i_somras",
    "SEASONP=autumn": "i_höstas",
    "SEASONP=winter": "i_vintras",
    "TERM=HT": "höstterminen hösttermin",
    "TERM=VT": "vårterminen vårtermin",
    "TERMA=HT": "ht",
    "TERMA=VT": "vt",
    "LP": "lp",
    "LW": "läsvecka lv",
    # holidays
    "HOL=new_years_eve": "nyårsafton nyårsaftonen",
    "HOL=new_years_day": "nyårsdagen nyårsdag",
    "HOL=twelfth_night": "trettondagsafton trettondagsaftonen trettonafton",
    "HOL=epiphany": "trettondagen trettondag_jul trettondedag_jul trettonhelgen trettondedagen",
    "HOL=knut": "tjugondag_knut tjugondedag_knut tjugondag_jul",
    "HOL=valentine": "alla_hjärtans_dag",
    "HOL=shrove_tuesday": "fettisdagen fettisdag semmeldagen",
    "HOL=womens_day": "internationella_kvinnodagen kvinnodagen",
    "HOL=annunciation": "våffeldagen",
    "HOL=maundy_thursday": "skärtorsdagen skärtorsdag",
    "HOL=good_friday": "långfredagen långfredag",
    "HOL=easter_eve": "påskafton påskaftonen",
    "HOL=easter_day": "påskdagen",
    "HOL=easter_monday": "annandag_påsk annandagen_påsk påskannandagen",
    "HOL=walpurgis": "valborg valborgsmässoafton valborgsmässoaftonen valborgsafton"
    " sista_april siste_april",
    "HOL=may_day": "första_maj 1_maj",
    "HOL=ascension": "kristi_himmelsfärdsdag kristi_himmelsfärd kristi_himmelfärd"
    " kristi_himmelfärdsdag kristi_flygare",
    "HOL=whitsun_eve": "pingstafton",
    "HOL=whitsun": "pingstdagen",
    "HOL=mothers_day": "mors_dag",
    "HOL=fathers_day": "fars_dag",
    "HOL=national_day": "nationaldagen sveriges_nationaldag",
    "HOL=midsummer_eve": "midsommarafton midsommaraftonen midsommaraftn",
    "HOL=midsummer_day": "midsommardagen",
    "HOL=all_saints": "alla_helgons_dag allhelgonadagen alla_helgonsdag",
    "HOL=halloween": "halloween",
    "HOL=advent1": "första_advent 1_advent 1:a_advent första_söndagen_i_advent",
    "HOL=advent2": "andra_advent 2_advent 2:a_advent",
    "HOL=advent3": "tredje_advent 3_advent 3:e_advent",
    "HOL=advent4": "fjärde_advent 4_advent 4:e_advent",
    "HOL=lucia": "lucia luciadagen luciamorgonen",
    "HOL=nobel": "nobeldagen",
    "HOL=christmas_eve": "julafton julaftonen dopparedagen dopparedan",
    "HOL=christmas_day": "juldagen",
    "HOL=boxing_day": "annandag_jul annandagen annandagen_jul",
    "HOL=day_before_christmas_eve": "dan_före_dan dagen_före_dopparedagen",
    "FEAST=christmas": "jul julen julhelgen jula",
    "FEAST=new_year": "nyår nyåret nyårshelgen",
    "FEAST=easter": "påsk påsken påskhelgen",
    "FEAST=whitsun": "pingst pingsten pingsthelgen",
    "FEAST=midsummer": "midsommar midsommaren midsommarhelgen",
    "FEAST=all_saints": "allhelgona allhelgonahelgen",
    "FEAST=ascension": "kristi_himmelsfärdshelgen",
    "FEAST=between": "mellan_jul_och_nyår mellandagarna mellandagar",
    "FEAST=easter_week": "påskveckan stilla_veckan påskvecka",
    "FEAST=autumn_break": "höstlovet",
    "VAGUE": "veckan_därpå dagen_därpå månaden_därpå sportlovet sportlov jullovet sommarlovet"
    " påsklovet semestern industrisemestern semestrarna",
    # what an offset may hang on
    "EVENT": "eventet evenemanget event mötet möte träffen träff föreläsningen"
    " gästföreläsningen föreläsning gästföreläsning seminariet seminarium workshopen workshop"
    " konferensen middagen mässan minglet deadline deadlinen aktiviteten lunchmötet"
    " nätverksmötet nätverksträffen alumnträffen besöket studiebesöket kursen kursstarten"
    " utskicket webbinariet webinariet frukostmötet intervjun samtalet passet tillfället start"
    " starten",
}

EXACT = frozenset(
    "mån sön lör månd sönd lörd må lö sö våren i_vår vårt våra är månda lörda sönda dar"
    " ändra".split()
)
HOUR_SUFFIX = "tiden"  # vid tretiden
TYPOS = (
    "måndag måndagen tisdag tisdagen onsdag onsdagen torsdag torsdagen fredag fredagen lördag"
    " lördagen söndag söndagen måndagar tisdagar onsdagar torsdagar fredagar lördagar söndagar"
    " januari februari augusti september oktober november december imorgon övermorgon"
    " eftermiddag eftermiddagen förmiddag förmiddagen klockan veckor timmar minuter varannan"
    " midsommarafton julafton nyårsafton"
).split()
# Real words one letter away from those above.
NOT_TYPOS = frozenset(
    "mandat mandaten mangden manda mandal mandan mandar mansdag mansdagen freda fredad fredat"
    " fredas fredan fredde sunda sundar augusta auguste augusto augustin vector verkar vickor"
    " vackor minster minter tummar trimmar timmer timman klockar klockat klockad kockan varannat"
    " sondan lorda lordan".split()
)
