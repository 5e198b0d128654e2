"""Neutral replies of every kind, with the words that Slack would read as markup."""

from typing import get_args

from hypothesis import strategies as st

from actions.reply import Button, Card, Chart, Fact, Field, File, Form, Kind, Reply, Table
from actions.words import plain
from bot.translation import Locale

NASTY = (
    "<!channel>",
    "<@U1>",
    "*b*",
    "[x](y)",
    "_i_",
    "~s~",
    "`c`",
    "> q",
    ":smile:",
    "a & b",
    "&lt;!here&gt;",
    "https://x.example",
    "www.x.example",
    "@channel",
    "#c",
    "{value}",
)
some_words = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(NASTY),
        st.text("aå ö", max_size=9),
        st.sampled_from(NASTY),
    ),
)
texts = some_words.map(plain)
locales = st.sampled_from(get_args(Locale))
facts = st.builds(Fact, texts, texts)
presses = st.builds(
    Button,
    texts,
    st.from_regex(r"\A[a-z]{1,20}\.[a-z]{1,20}\Z"),
    some_words,
    st.sampled_from(["plain", "primary", "danger"]),
)
cards = st.builds(
    Card,
    texts,
    st.none() | texts,
    st.lists(facts, max_size=12).map(tuple),
    st.lists(presses, max_size=4).map(tuple),
)
options = st.lists(
    st.tuples(st.from_regex(r"\A[a-z0-9]{1,9}\Z"), texts),
    max_size=12,
    unique_by=lambda option: option[0],
).map(tuple)
names = st.from_regex(r"\A[a-z]{1,12}\Z")
fields = st.builds(
    Field,
    names,
    st.sampled_from(Kind),
    texts,
    st.booleans(),
    some_words,
    options,
    st.none() | texts,
)
forms = st.builds(
    Form,
    names,
    texts,
    st.lists(fields, max_size=8, unique_by=lambda f: f.name).map(tuple),
    some_words,
)
tables = st.integers(1, 4).flatmap(
    lambda n: st.builds(
        Table, st.tuples(*[texts] * n), st.lists(st.tuples(*[texts] * n), max_size=5).map(tuple)
    )
)
charts = st.builds(
    Chart, texts, st.lists(st.tuples(texts, st.floats(-9, 1e6)), max_size=5).map(tuple)
)
files = st.builds(File, texts, texts, tables)
elements = st.one_of(texts, facts, presses, cards, tables, charts, forms, files)
replies = st.builds(Reply, texts, st.lists(elements, max_size=8).map(tuple))
