"""The columns of a file of alumni, and the words that its cells may use."""

from storage.imports.columns import Column

CONSENTS = {
    "consent_mentor": "mentor",
    "consent_guest_lecturer": "guest_lecturer",
    "consent_contact": "contact",
    "consent_picture": "picture",
}
OFFERS = {
    "mentor": "mentor",
    "mentorskap": "mentor",
    "supervisor": "supervisor",
    "handledare": "supervisor",
    "handledning": "supervisor",
    "guest lecturer": "guest_lecturer",
    "guest lecture": "guest_lecturer",
    "gastforelasare": "guest_lecturer",
    "gastforelasning": "guest_lecturer",
    "study visit": "study_visit",
    "studiebesok": "study_visit",
}

COLUMNS = (
    Column(
        "register_id",
        ("registernummer", "register-ID", "register number", "alumn-ID", "alumni ID", "ID"),
        required=True,
        repeats=False,
    ),
    Column("given_name", ("förnamn", "tilltalsnamn", "first name"), required=True),
    Column("family_name", ("efternamn", "last name", "surname"), required=True),
    Column(
        "email",
        ("e-post", "epost", "e-postadress", "mejl", "mail", "e-mail", "email address"),
        repeats=False,
    ),
    Column("city", ("ort", "stad", "bostadsort", "hemort", "town")),
    Column("unit", ("enhet", "institution", "fakultet", "department", "faculty"), required=True),
    Column("programme", ("program", "utbildning", "programkod", "programme code")),
    Column("year", ("år", "examensår", "graduation year")),
    Column("employer", ("arbetsgivare", "företag", "arbetsplats", "company", "organisation")),
    Column("title", ("titel", "yrkestitel", "befattning", "job title"), needs="employer"),
    Column("title_en", ("engelsk titel", "titel engelska", "title in English"), needs="title"),
    Column("offers", ("erbjuder", "erbjudanden", "ställer upp som", "engagement")),
    Column("fields", ("ämnesområden", "områden", "ämnen", "field"), needs="offers"),
    Column("languages", ("språk", "language"), needs="offers"),
    Column("capacity", ("kapacitet", "uppdrag per år", "assignments a year"), needs="offers"),
    Column("pitch_sv", ("presentation", "presentation svenska"), needs="offers", repeats=False),
    Column(
        "pitch_en",
        ("presentation engelska", "presentation in English"),
        needs="offers",
        repeats=False,
    ),
    Column("paused_until", ("pausad till", "paus till och med", "pause until")),
    Column("yearly_cap", ("förfrågningar per år", "årstak", "requests a year")),
    Column(
        "protected",
        ("skyddad", "skyddad identitet", "skyddade personuppgifter", "protected identity"),
    ),
    Column("last_contact", ("senaste kontakt", "senast kontaktad", "last contacted")),
    Column("consent_mentor", ("samtycke mentor", "mentor consent")),
    Column(
        "consent_guest_lecturer",
        ("samtycke gästföreläsare", "samtycke gästföreläsning", "guest lecturer consent"),
    ),
    Column("consent_contact", ("samtycke kontakt", "contact consent")),
    Column("consent_picture", ("samtycke bild", "picture consent")),
    Column("consent_date", ("samtyckesdatum", "datum för samtycke", "date of consent")),
)
