"""English words of time."""

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
ARTICLES = ("a", "an")
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    " twenty_first twenty_second twenty_third twenty_fourth twenty_fifth twenty_sixth"
    " twenty_seventh twenty_eighth twenty_ninth thirtieth thirty_first"
).split()

SYMBOLS = {
    # small words
    "AT": "at @ around approx approximately circa",
    "ON": "on",
    "THE": "the",
    "MY": "my our your his her their",
    "IN": "in within",
    "OF": "of",
    "UNDER": "during throughout over",
    "FOR": "for",
    "FROM": "from starting starting_from starting_on beginning beginning_on as_of",
    "SINCE": "since",
    "BETWEEN": "between",
    "TO": "to",
    "UNTIL": "until till til through thru up_to up_until ending",
    "BY": "by no_later_than not_later_than at_the_latest latest",
    "BEFORE": "before prior_to ahead_of",
    "AFTER": "after following",
    "AND": "and &",
    "OR": "or",
    "AGO": "ago",
    "EARLIER": "earlier",
    "NOT": "not",
    "INSTEAD": "instead",
    "LATER": "from_now from_today hence",
    "MORE": "later",
    "SOON": "soon in_a_while in_a_bit shortly",
    "EXCEPT": "except but_not not_on excluding",
    "X": "i tom par tor",
    "SNOOZE": "snooze",
    "CHANGE": "move change switch reschedule moved rescheduled",
    "MOVE": "postpone push_back delay push move_back put_off",
    "NO": "good_morning good_evening good_afternoon good_night nice_day good_day nice_weekend"
    " great_day great_weekend good_weekend happy_new_year merry_christmas happy_easter at_first"
    " at_last first_of_all second_opinion the_other_day some_day this_time next_time"
    " last_time first_time in_the_first_place day_to_day at_the_last_minute last_minute"
    " to_start_with every_time once_upon_a_time year_over_year in_terms"
    " in_terms_of long_term short_term",
    # which one
    "EVERY": "every each",
    "ALL": "all",
    "OTHER": "every_other",
    "NEXT": "next",
    "THIS": "this this_coming this_very the_current current",
    "COMING": "coming upcoming the_coming",
    "PREV": "previous",
    "LASTEN": "last",
    "LAST2": "second_to_last penultimate second_last next_to_last",
    "REST": "rest_of remainder_of",
    "WHOLE": "whole entire all_day whole_day",
    "EDGE=start": "beginning_of start_of early early_in first_part_of",
    "EDGE=mid": "middle_of mid",
    "EDGE=end": "end_of late late_in",
    "TERMEDGE=start": "start_of_term beginning_of_term start_of_the_term beginning_of_the_term"
    " start_of_semester start_of_the_semester",
    "TERMEDGE=end": "end_of_term end_of_the_term end_of_semester end_of_the_semester",
    "MONTHEDGE=end": "eom end_of_month",
    "WEEKEDGE=end": "eow end_of_week",
    "YEAREDGE=end": "eoy end_of_year year_end",
    # how often
    "FREQ=day": "daily",
    "FREQ=week": "weekly",
    "FREQ=fortnight": "fortnightly",
    "FREQ=biweekly": "biweekly bi_weekly",
    "FREQ=month": "monthly",
    "FREQ=quarter": "quarterly",
    "FREQ=year": "yearly annually",
    "ONCE": "once",
    "TIMES": "times",
    "TWICE": "twice",
    "PER": "per",
    "EVEN": "even even_numbered",
    "ODD": "odd odd_numbered",
    # clock
    "PAST": "past",
    "HALFPAST": "half_past",
    "QUARTER": "quarter a_quarter",
    "OCLOCK": "o'clock oclock o_clock sharp ish",
    "AMPM=am": "am a.m",
    "AMPM=pm": "pm p.m",
    "CLK=12:00": "noon midday",
    "LUNCH": "lunch lunchtime lunch_time",
    "MIDNIGHT": "midnight",
    "EOD": "eod cob end_of_day end_of_the_day end_of_business close_of_business e.o.d",
    "AH": "half_an half_a a_half",
    "ANDHALF": "and_a_half",
    "DEC=1.5": "one_and_a_half",
    "COUPLE": "a_couple_of couple_of a_couple couple",
    "FEW": "a_few few several",
    # parts of the day
    "PART=morning": "morning mornings",
    "PART=forenoon": "forenoon",
    "PART=afternoon": "afternoon afternoons",
    "PART=evening": "evening evenings",
    "PART=night": "night nights",
    "DAYPART=evening": "tonight tonite this_evening",
    "DAYPART=morning": "this_morning",
    "DAYPART=afternoon": "this_afternoon",
    "PASTPART=evening": "last_night",
    # days
    "REL=0": "today",
    "REL=1": "tomorrow tmrw tmr tomorow tommorow tommorrow tomorrrow 2morrow",
    "REL=2": "day_after_tomorrow overmorrow",
    "REL=-1": "yesterday",
    "REL=-2": "day_before_yesterday",
    "WD=0": "monday",
    "WD=1": "tuesday tues tue",
    "WD=2": "wednesday weds wednes",
    "WD=3": "thursday thurs thur thu",
    "WD=4": "friday",
    "WD=5": "saturday",
    "WD=6": "sunday",
    "WDA=0": "mon",
    "WDA=2": "wed",
    "WDA=4": "fri",
    "WDA=5": "sat",
    "WDA=6": "sun",
    "WDS=0": "mondays",
    "WDS=1": "tuesdays",
    "WDS=2": "wednesdays",
    "WDS=3": "thursdays",
    "WDS=4": "fridays",
    "WDS=5": "saturdays",
    "WDS=6": "sundays",
    # units
    "UNIT=second": "seconds sec secs",
    "UNIT=minute": "minute minutes min mins",
    "UNIT=hour": "hour hours hr hrs h",
    "UNIT=day": "day days",
    "UNIT=workday": "weekday workday workdays working_day working_days business_day business_days"
    " work_day work_days",
    "WORKDAYS": "weekdays",
    "UNIT=week": "week weeks wks",
    "UNIT=fortnight": "fortnight fortnights",
    "UNIT=weekend": "weekend",
    "WEEKENDS": "weekends",
    "UNIT=month": "month months",
    "UNIT=quarter": "quarters",
    "UNIT=year": "year years yr yrs",
    "UNIT=ayear": "academic_year academic_years",
    "UNITG=week": "week's weeks'",
    "UNITG=month": "month's",
    "UNITG=year": "year's",
    "UNITG=term": "term's semester's",
    "UNIT=term": "term terms semester semesters",
    "UNIT=period": "study_period teaching_period",
    "WEEK": "w wk week_no week_number w.",
    "WEEKS=2": "week_after_next week_after_the_next",
    "MONTHS=2": "month_after_next",
    # months, seasons, terms
    "MON=1": "january jan",
    "MON=2": "february feb",
    "MON=3": "march mar",
    "MON=4": "april apr",
    "MON=5": "may",
    "MON=6": "june jun",
    "MON=7": "july jul",
    "MON=8": "august aug",
    "MON=9": "september sep sept",
    "MON=10": "october oct",
    "MON=11": "november nov",
    "MON=12": "december dec",
    "SEASON=spring": "spring",
    "SEASON=summer": "summer",
    "SEASON=autumn": "autumn fall",
    "SEASON=winter": "winter",
    "TERM=HT": "autumn_term autumn_semester fall_term fall_semester",
    "TERM=VT": "spring_term spring_semester",
    "TERMA=HT": "ht",
    "TERMA=VT": "vt",
    "LP": "lp",
    "LW": "study_week",
    "Q": "q",
    # holidays
    "HOL=new_years_eve": "new_year's_eve new_years_eve new_year_eve nye",
    "HOL=new_years_day": "new_year's_day new_years_day",
    "HOL=twelfth_night": "twelfth_night",
    "HOL=epiphany": "epiphany",
    "HOL=valentine": "valentine's_day valentines_day",
    "HOL=maundy_thursday": "maundy_thursday",
    "HOL=good_friday": "good_friday",
    "HOL=easter_eve": "easter_eve easter_saturday holy_saturday",
    "HOL=easter_day": "easter_sunday easter_day",
    "HOL=easter_monday": "easter_monday",
    "HOL=walpurgis": "walpurgis walpurgis_night",
    "HOL=may_day": "may_day",
    "HOL=ascension": "ascension_day ascension",
    "HOL=whitsun": "whit_sunday pentecost",
    "HOL=national_day": "national_day sweden's_national_day",
    "HOL=midsummer_eve": "midsummer's_eve midsummer_eve midsummers_eve",
    "HOL=midsummer_day": "midsummer's_day midsummer_day midsummers_day",
    "HOL=all_saints": "all_saints'_day all_saints_day all_saint's_day",
    "HOL=halloween": "halloween",
    "HOL=advent1": "first_advent first_sunday_of_advent first_sunday_in_advent",
    "HOL=lucia": "lucia_day st_lucia st_lucia's_day lucia",
    "HOL=christmas_eve": "christmas_eve xmas_eve",
    "HOL=christmas_day": "christmas_day xmas_day",
    "HOL=boxing_day": "boxing_day",
    "FEAST=christmas": "christmas xmas the_christmas_holidays",
    "FEAST=new_year": "new_year new_year's the_new_year",
    "FEAST=easter": "easter",
    "FEAST=whitsun": "whitsun",
    "FEAST=midsummer": "midsummer",
    "FEAST=easter_week": "easter_week holy_week",
    "FEAST=between": "between_christmas_and_new_year between_christmas_and_new_year's"
    " days_between_christmas_and_new_year",
    "VAGUE": "christmas_break summer_break spring_break easter_break autumn_break the_holidays"
    " summer_holidays vacation",
    # what an offset may hang on
    "EVENT": "event meeting lecture talk seminar workshop conference dinner fair mingle deadline"
    " activity visit course interview session webinar mailing guest_lecture network_meeting it"
    " gathering reunion start then class call",
}

EXACT: frozenset[str] = frozenset()
TYPOS = (
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
    " thursdays fridays january february august september october november december tomorrow"
    " afternoon evening morning"
).split()
NOT_TYPOS = frozenset(
    "frida fridas fryday sunda sundae sundry sundby sundar sunray sunway mourning moaning mooning"
    " murning morling eventing monda mondal munday augusta auguste augusto augustin".split()
)
HOUR_SUFFIX = "ish"
