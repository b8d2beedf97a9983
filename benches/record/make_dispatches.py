#!/usr/bin/env python3
"""Writes synthetic dispatches, made from those of eval/happenings by substitution, a line of JSON each, in the order of their days.

usage: make_dispatches.py [--count 100000] [--seed 1] [--per-day 35] > dispatches.jsonl

A story of the corpus, all its dispatches in both languages, is told again of other countries, persons, towns, days and numbers, by other publishers and with part of its words exchanged for others with
the same ending, alike in all its dispatches. Countries come as in the world's news, few of them often; the persons of a country are few and come again and again. Copies and reprints stay what they are,
and some dispatches have more of them. The same count, seed and rate give the same bytes. Memory does not grow with the count."""
import argparse
import datetime
import functools
import heapq
import itertools
import json
import pathlib
import random
import re
import sys
import tomllib
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LAST_DAY = datetime.date(2026, 10, 1)
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
SHORT_MONTHS = {
    "fr": "jan fév mars avr mai juin juil août sept oct nov déc".split(),
    "en": "Jan Feb March April May June July Aug Sept Oct Nov Dec".split(),
}
OFTEN = "USA RUS CHN FRA GBR DEU UKR ISR IRN IND TUR JPN SAU EGY POL ITA ESP KOR PAK BRA SYR LBN IRQ QAT ARE DZA MAR NGA ETH SDN MEX CAN AUS".split()
# Syllables of invented names, as French and as English write them.
SYLLABLES = [pair.split("/") for pair in "ba/ba ré/re chou/shu ka/ka dou/du ni/ni mo/mo to/to rov/rov lin/lin der/der sen/sen tchi/chi ev/ev idzé/idze al/al gou/gu man/man di/di "
             "ra/ra sou/su ve/ve kor/kor bel/bel ta/ta yan/yan oul/ul fa/fa né/ne hi/hi zar/zar po/po chen/shen ga/ga lo/lo war/war è/e quin/quin ja/ja ber/ber go/go mé/me".split()]
GIVEN = "Adam Ali Ana Anton Ayşe Boris Carlos Clara Daniel David Elena Emma Farid Fatima Georg Hana Hugo Ibrahim Ines Ivan Jana Joseph Karim Karl Laila Leo Linh Luis Maria Mark Milan Mina Nadia Nora Omar Oscar Paul " \
        "Pavel Peter Rana Rosa Said Samir Sara Simon Sofia Stefan Tariq Thomas Victor Wei Yasmin Yusuf Zoran".split()


def toml(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def draw(*key):
    """A number from 0 to 1 that a key always gives."""
    return zlib.crc32("/".join(map(str, key)).encode()) * 2654435761 % 2**32 / 2**32


def in_case(like, word):
    return word.upper() if like.isupper() and len(like) > 3 else word


class Language:
    """What is substituted in texts of a language, and how it is found."""

    def __init__(self, code, people):
        self.code = code
        self.countries = {key: entry for key, entry in toml(ROOT / "packs" / code / "countries.toml").items() if entry.get("adjectives") and entry.get("capitals")}
        self.places = toml(ROOT / "packs" / code / "places.toml")
        words = {}
        for country, entry in self.countries.items():
            for kind in ("names", "adjectives", "capitals"):
                for place, word in enumerate(entry.get(kind, [])):
                    words.setdefault(word, ("country", country, kind, place))
        for place, entry in self.places.items():
            for word in entry["names"]:
                words.setdefault(word, ("place", place))
        for number, person in enumerate(people):
            for given, surname in itertools.product(person["given"] + [""], person["surname"]):
                words[f"{given} {surname}".strip()] = ("person", number, bool(given))
        self.words = {word.casefold(): meaning for word, meaning in words.items()}
        article = r"(?:\b(?P<article>l['’]|d['’]|le |la |de |du |des |au |en )(?:(?<=\s)|(?<=['’])))?" if code == "fr" else r"(?P<article>\b\B)?"
        written = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        upper = "|".join(re.escape(word.upper()) for word in sorted(words, key=lambda word: (-len(word), word)) if len(word) > 3)
        months = "|".join(sorted(MONTHS[code] + SHORT_MONTHS[code] + [month.lower() for month in MONTHS[code]], key=len, reverse=True))
        day = rf"(?P<day>\d{{1,2}})(?:er)? (?P<month>{months})\b\.?(?: (?P<year>(?:19|20)\d\d))?" if code == "fr" else \
            rf"(?P<month>{months}) (?P<day>\d{{1,2}})\b(?:, (?P<year>(?:19|20)\d\d))?|(?P<day2>\d{{1,2}}) (?P<month2>{months})\b"
        lone = rf"(?P<lone>{months}) (?P<lone_year>(?:19|20)\d\d)"
        number = r"(?<![\w.,:/-])(?P<number>\d{1,3}(?:[  .,]\d{3})+|\d{1,6})(?![\w:/-]|[.,]\d)"
        self.pattern = re.compile(rf"{day}|{lone}|(?<![\w-])(?P<alone>(?:19|20)\d\d)(?![\w-])|{number}|{article}(?<!\w)(?P<word>{written}|{upper})(?!\w)|(?<![\w'’-])(?P<plain>[a-zà-ÿœ]{{5,}})(?![\w-])")
        frames = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "packs" / code / "frames").glob("*.toml")))
        # What the frames look for stays, so that there are events to record.
        self.kept = {word[:5] for word in re.findall(r"[a-zà-ÿœ]{5,}", frames)}
        common = toml(ROOT / "packs" / code / "common.toml")["band"]
        self.by_ending = {}
        # The rarer half, for common words tell no story from another.
        for word in sorted({word for band in common if band["within"] > 2048 for word in band["words"].split()}):
            if len(word) > 4 and word[:5] not in self.kept:
                self.by_ending.setdefault(word[-2:], []).append(word)


class World:
    def __init__(self, seed):
        self.seed = seed
        self.people = toml(pathlib.Path(__file__).resolve().parent / "people.toml")["person"]
        self.languages = {code: Language(code, self.people) for code in ("fr", "en")}
        places = toml(ROOT / "packs" / "places.toml")
        standing = toml(ROOT / "packs" / "countries.toml")
        known = [code for code, entry in sorted(standing.items()) if entry["standing"] == "member" and all(code in language.countries for language in self.languages.values())]
        others = [code for code in known if code not in OFTEN]
        random.Random(f"{seed}/countries").shuffle(others)
        self.countries = [code for code in OFTEN if code in known] + others
        self.weights = [1 / (rank + 4) for rank in range(len(self.countries))]
        self.country_of = {place: entry.get("country") for place, entry in places.items()}
        self.towns = {}
        for place, entry in places.items():
            if entry["kind"] == "city" and all(place in language.places for language in self.languages.values()):
                self.towns.setdefault(entry.get("country"), []).append(place)
        with open(ROOT / "eval" / "happenings" / "dispatches.jsonl", encoding="utf-8") as file:
            dispatches = [json.loads(line) for line in file]
        stories = {}
        for dispatch in dispatches:
            stories.setdefault(dispatch["story"], []).append(dispatch)
        self.stories = list(stories.values())
        self.publishers = {code: sorted({dispatch["publisher"] for dispatch in dispatches if dispatch["language"] == code}) for code in self.languages}

    @functools.lru_cache(maxsize=20_000)
    def person(self, country, number):
        """Given name and surname, as either language writes them."""
        lots = random.Random(f"{self.seed}/person/{country}/{number}")
        given = lots.choice(GIVEN)
        syllables = [lots.choice(SYLLABLES) for _ in range(lots.choice((2, 3, 3, 4)))]
        return {"fr": (given, "".join(pair[0] for pair in syllables).capitalize()), "en": (given, "".join(pair[1] for pair in syllables).capitalize())}


class Story:
    """One telling of a story of the corpus."""

    def __init__(self, world, number, day):
        self.world, self.number = world, number
        self.lots = random.Random(f"{world.seed}/story/{number}")
        self.dispatches = self.lots.choice(world.stories)
        first = min(datetime.date.fromisoformat(dispatch["published"][:10]) for dispatch in self.dispatches)
        # Whole weeks, so that the days of the week in the texts stay true.
        self.shift = datetime.timedelta(weeks=round((day - first).days / 7))
        self.countries, self.people, self.towns = {}, {}, {}
        self.scale = self.lots.uniform(0.4, 2.5)

    def country(self, old):
        if old not in self.countries:
            taken = set(self.countries.values())
            new = old
            while new in taken or new == old:
                new = self.lots.choices(self.world.countries, self.world.weights)[0]
            self.countries[old] = new
        return self.countries[old]

    def person(self, number, era):
        if number not in self.people:
            country = self.country(self.world.people[number]["country"])
            # Few are told of often; others take their place after some years.
            rank = min(int(self.lots.paretovariate(0.6)), 400)
            while (country, f"{rank}/{era}") in self.people.values():
                rank += 1
            self.people[number] = (country, f"{rank}/{era}")
        return self.world.person(*self.people[number])

    def town(self, old):
        if old not in self.towns:
            country = self.world.country_of.get(old)
            towns = self.world.towns.get(self.country(country) if country else None) or self.world.towns[None if None in self.world.towns else "FRA"]
            self.towns[old] = towns[int(len(towns) * self.lots.random() ** 2)]
        return self.towns[old]

    def tell(self, dispatch):
        language = self.world.languages[dispatch["language"]]
        code, published = dispatch["language"], datetime.date.fromisoformat(dispatch["published"][:10])

        def month_word(old, month):
            for names in (MONTHS[code], SHORT_MONTHS[code]):
                for name in names:
                    if old.casefold() == name.casefold():
                        new = names[month - 1]
                        return new.upper() if old.isupper() else new
            return MONTHS[code][month - 1]

        def month_of(word):
            for names in (MONTHS[code], SHORT_MONTHS[code]):
                for place, name in enumerate(names):
                    if name.casefold() == word.casefold():
                        return place + 1
            return 1

        def shifted(day, month, year):
            try:
                return datetime.date(int(year or published.year), month, int(day)) + self.shift
            except ValueError:
                return published + self.shift

        def put(match):
            found = match.groupdict()
            if found["day"] or found.get("day2"):
                month = found["month"] or found["month2"]
                new = shifted(found["day"] or found["day2"], month_of(month), found["year"])
                name = month_word(month, new.month)
                year = f"{new.year}" if found["year"] else ""
                if code == "fr" or found.get("day2"):
                    return f"{new.day} {name} {year}".strip()
                return f"{name} {new.day}" + (f", {year}" if year else "")
            if found["lone"]:
                new = shifted(15, month_of(found["lone"]), found["lone_year"])
                return f"{month_word(found['lone'], new.month)} {new.year}"
            if found["alone"]:
                return str(shifted(2, 7, found["alone"]).year)
            if found["number"]:
                digits = re.sub(r"\D", "", found["number"])
                new = max(1, round(int(digits) * self.scale))
                if int(digits) >= 1000:
                    new = new // 100 * 100 or 100
                mark = re.search(r"\D", found["number"])
                return f"{new:,}".replace(",", mark.group() if mark else "")
            if found["plain"]:
                word = found["plain"]
                others = language.by_ending.get(word[-2:])
                if not others or word[:5] in language.kept or draw(self.number, word) > 0.75:
                    return word
                return others[int(len(others) * draw(word, self.number))]
            old = found["word"]
            meaning = language.words.get(old.casefold())
            if meaning is None:
                return match.group()
            if meaning[0] == "person":
                given, surname = self.person(meaning[1], (published + self.shift).year // 5)[code]
                return (found["article"] or "") + in_case(old, f"{given} {surname}" if meaning[2] else surname)
            if meaning[0] == "country":
                _, country, kind, place = meaning
                if kind == "adjectives" and old[0].islower() != (code == "fr") and code == "en":
                    return match.group()
                forms = language.countries[self.country(country)][kind]
                new = forms[min(place, len(forms) - 1)] if kind == "adjectives" else forms[0]
            else:
                new = language.places[self.town(meaning[1])]["names"][0]
            return with_article(found["article"], old, in_case(old, new[0].upper() + new[1:] if old[0].isupper() else new))

        text = language.pattern.sub(put, dispatch["text"])
        day = published + self.shift
        return {"language": code, "published": day.isoformat(), "text": text}

    def all(self):
        for dispatch in self.dispatches:
            told = self.tell(dispatch)
            publishers = self.world.publishers[dispatch["language"]]
            own = dispatch["publisher"] if self.lots.random() < 0.4 else self.lots.choice(publishers)
            name = f"s{self.number}-{dispatch['id']}"
            yield {"id": name, **told, "publisher": own, "url": f"https://www.example.org/{name}"}
            if self.lots.random() < 0.12:
                for copy in range(self.lots.randint(1, 4)):
                    again = dict(told)
                    parts = again["text"].split("\n\n")
                    if self.lots.random() < 0.5 and len(parts) > 3:
                        again["text"] = "\n\n".join(parts[:-1])
                    again["text"] = again["text"] + "\n" * (copy + 1)
                    yield {"id": f"{name}-c{copy}", **again, "publisher": self.lots.choice(publishers), "url": f"https://www.example.org/{name}/{copy}"}


def with_article(article, old, new):
    """A French name behind the article or preposition that its first letter wants; its gender is let be."""
    if not article:
        return new
    vowel = new[0].casefold() in "aeiouyéèêâîôœh"
    if old[0].casefold() in "aeiouyéèêâîôœh" == vowel:
        return article + new
    changed = {"l": ("l'", "le "), "d": ("d'", "de "), "le ": ("l'", "le "), "la ": ("l'", "la "), "de ": ("d'", "de "), "du ": ("de l'", "du "), "au ": ("à l'", "au ")}
    key = article.rstrip("'’").casefold() if article[-1] in "'’" else article.casefold()
    forms = changed.get(key)
    return (forms[0 if vowel else 1] if forms else article) + new


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--per-day", type=float, default=35)
    given = arguments.parse_args()
    world = World(given.seed)
    begin = LAST_DAY - datetime.timedelta(days=given.count / given.per_day)
    waiting, written, told = [], 0, 0
    for number in itertools.count():
        # So many were told, so many days have gone.
        day = begin + datetime.timedelta(days=told / given.per_day)
        for dispatch in Story(world, number, day).all():
            heapq.heappush(waiting, (dispatch["published"], told, dispatch))
            told += 1
        while waiting and (waiting[0][0] < (day - datetime.timedelta(days=4)).isoformat() or told > given.count + 2_000):
            print(json.dumps(heapq.heappop(waiting)[2], ensure_ascii=False))
            written += 1
            if written == given.count:
                return


try:
    main()
except BrokenPipeError:
    sys.stderr.close()
