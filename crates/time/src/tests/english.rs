//! English texts and what they must give: sentences of newswire with their extents and values, what is no time, and which way a verb looks.

use super::{ENGLISH, published, report};
use crate::examples::plain_doc;
use depeche_nlp::Doc;

/// `extent = value; …`, read as published on Wednesday 15 May 2024.
fn read(doc: &Doc) -> String {
    let resolved = ENGLISH.resolve(&ENGLISH.recognise(doc), &published("2024-05-15"), doc);
    let given = resolved.timexes.iter().map(|timex| format!("{} = {}", timex.text, timex.value.as_deref().unwrap_or("none")));
    given.collect::<Vec<_>>().join("; ")
}

#[test]
fn sentences_give_their_times() {
    for (text, expected) in SENTENCES {
        assert_eq!(read(&plain_doc(text)), expected, "{text}");
    }
}

#[test]
fn what_is_no_time_is_not_tagged() {
    for text in NO_TIMES {
        assert_eq!(report(&ENGLISH, &plain_doc(text), "2024-05-15"), "", "{text}");
    }
}

#[test]
fn the_verb_says_which_way() {
    let (last, next) = ("Friday = 2024-05-10", "Friday = 2024-05-17");
    for (text, expected) in [
        ("They met Friday.", last),
        ("They will meet Friday.", next),
        ("He said they would meet Friday.", next),
        ("They may have left Friday.", last),
        ("A vote is scheduled Friday.", next),
        ("The deal was signed Friday.", last),
        ("The envoy has left Friday.", last),
        ("They agreed to meet Friday.", next),
        ("They flew to meet him Friday.", last),
        ("The road is closed until Friday.", next),
    ] {
        assert_eq!(read(&plain_doc(text)), expected, "{text}");
    }
}

const SENTENCES: [(&str, &str); 123] = [
    ("The company said Tuesday's results were the best in nearly three years.", "Tuesday = 2024-05-14; nearly three years = P3Y"),
    ("Net income fell to $12 million from $19 million a year earlier.", "a year earlier = 2023"),
    ("Revenue for the third quarter of fiscal 1989 climbed 8%.", "the third quarter of fiscal 1989 = 1989-Q3"),
    ("The board meets twice a week.", "twice a week = P1W"),
    ("He has lived there for more than a decade.", "more than a decade = P10Y"),
    ("She left the party two years ago and founded her own three months later.", "two years ago = 2022; three months later = 2022-04"),
    ("Police found the car late Friday night.", "late Friday night = 2024-05-10TNI"),
    ("The ceasefire must hold within 24 hours.", "24 hours = PT24H"),
    ("Bonds due in 30 years rose.", "30 years = P30Y"),
    ("The 30-year Treasury bond yielded 7.9 percent.", "30-year = P30Y"),
    ("Analysts expect growth in the next few years.", "the next few years = PXY"),
    ("The factory, built in the mid-1990s, closed last fall.", "the mid-1990s = 199; last fall = 2023-FA"),
    ("It was the coldest winter of the 20th century.", "the 20th century = 19"),
    ("The minister resigned on March 3, 2021, and died the following week.", "March 3, 2021 = 2021-03-03; the following week = 2021-W10"),
    ("The paper was first printed in the late 1980s.", "the late 1980s = 198"),
    ("Flights resumed at 8 a.m. Saturday.", "8 a.m. Saturday = 2024-05-11T08:00"),
    ("The talks, originally planned for last month, begin at noon.", "last month = 2024-04; noon = 2024-05-15T12:00"),
    ("She turned 32 last week.", "last week = 2024-W19"),
    ("The rebels control the area now.", "now = PRESENT_REF"),
    ("He is currently in Rome.", "currently = PRESENT_REF"),
    ("Sales have recently picked up.", "recently = PAST_REF"),
    ("More than three weeks ago he was freed.", "More than three weeks ago = 2024-W17"),
    ("Oil rose in the first half of 2008.", "the first half of 2008 = 2008-H1"),
    ("Oil rose in the first half of this year.", "the first half of this year = 2024-H1"),
    ("The 10-day trip takes him to Asia.", "10-day = P10D"),
    ("The week-long strike ended Sunday.", "week-long = P1W; Sunday = 2024-05-12"),
    ("The weeklong strike ended over the weekend.", "weeklong = P1W; the weekend = 2024-W19-WE"),
    ("Half an hour later the guards arrived.", "Half an hour later = 2024-05-15"),
    ("The store is open daily.", "daily = P1D"),
    ("Each year thousands flee.", "Each year = P1Y"),
    ("Every four years voters choose.", "Every four years = P4Y"),
    ("The annual report is out.", "annual = P1Y"),
    ("PARIS (AP) _ Jan. 3", "Jan. 3 = 2024-01-03"),
    ("On Sept. 11, 2001, he was in Boston.", "Sept. 11, 2001 = 2001-09-11"),
    ("After 9/11 security was tightened.", "9/11 = 2001-09-11"),
    ("the Sept. 11 attacks", "Sept. 11 = 2001-09-11"),
    ("In the 12 months ended Dec. 31, 1998, it lost money.", "the 12 months = P12M; Dec. 31, 1998 = 1998-12-31"),
    ("It lost money in the year-earlier period.", "the year-earlier period = 2023"),
    ("By the end of the month all will be gone.", "the end of the month = 2024-05"),
    ("For the past three years he has hidden.", "the past three years = P3Y"),
    ("In the past year he has hidden.", "the past year = P1Y"),
    ("During the last five years rates doubled.", "the last five years = P5Y"),
    ("at least two weeks", "at least two weeks = P2W"),
    ("Up to six months may pass.", "Up to six months = P6M"),
    ("They waited for hours.", "hours = PTXH"),
    ("The war lasted years.", "years = PXY"),
    ("Years of fighting have ruined it.", "Years = PXY"),
    ("Several months ago she left.", "Several months ago = PAST_REF"),
    ("Tomorrow morning he flies home.", "Tomorrow morning = 2024-05-16TMO"),
    ("He spoke Wednesday afternoon.", "Wednesday afternoon = 2024-05-15TAF"),
    ("They talked early Monday.", "early Monday = 2024-05-13"),
    ("The treaty was signed in 1998 and took effect the next year.", "1998 = 1998; the next year = 1999"),
    ("The attack took place at 4:15 p.m. EDT.", "4:15 p.m. EDT = 2024-05-15T16:15-04:00"),
    ("The quake struck at 0412 GMT.", "0412 GMT = 2024-05-15T04:12Z"),
    ("The quake struck at 10:12 local time (0412 GMT).", "10:12 local time = 2024-05-15T10:12; 0412 GMT = 2024-05-15T04:12Z"),
    ("From 1990 to 1994 he ran the bank.", "1990 = 1990; 1994 = 1994"),
    ("His 1996 book", "1996 = 1996"),
    ("In the '60s he sang.", "the '60s = 196"),
    ("The plant makes 15 cars a day.", "a day = P1D"),
    ("A day earlier, two guards had died.", "A day earlier = 2024-05-14"),
    ("The day before, two guards had died.", "The day before = 2024-05-14"),
    ("That year he married.", "That year = 2024"),
    ("In the winter of 1944 they fled.", "the winter of 1944 = 1944-WI"),
    ("In the spring, talks resume.", "the spring = XXXX-SP"),
    ("earnings for the nine months", "the nine months = P9M"),
    ("In the first nine months of 2009", "the first nine months = P9M; 2009 = 2009"),
    ("the five-year plan", "five-year = P5Y"),
    ("a three-year, $2 billion deal", "three-year = P3Y"),
    ("five days of talks", "five days = P5D"),
    ("a one-day strike", "one-day = P1D"),
    ("a day-long meeting", "day-long = P1D"),
    ("He retired at year-end.", "year-end = 2024"),
    ("They met the same day.", "the same day = 2024-05-15"),
    ("in recent weeks", "recent weeks = PAST_REF"),
    ("The future is unclear.", "The future = FUTURE_REF"),
    ("In the near future", "the near future = FUTURE_REF"),
    ("The current crisis", "current = PRESENT_REF"),
    ("on Feb. 30", "Feb. 30 = none"),
    ("on 11/02/89", "11/02/89 = 1989-11-02"),
    ("Last year's budget", "Last year = 2023"),
    ("this year's budget", "this year = 2024"),
    ("Later this year it opens.", "Later this year = 2024"),
    ("in early 2005", "early 2005 = 2005"),
    ("at the end of 2005", "the end of 2005 = 2005"),
    ("by late September", "late September = 2024-09"),
    ("for 15 minutes", "15 minutes = PT15M"),
    ("a 90-minute match", "90-minute = PT90M"),
    ("once a year", "once a year = P1Y"),
    ("five times a day", "five times a day = P1D"),
    ("in two to three years", "two = P2Y; three years = P3Y"),
    ("overnight", "overnight = 2024-05-14TNI"),
    ("On Thursday night he left.", "Thursday night = 2024-05-09TNI"),
    ("Thursday and Friday", "Thursday = 2024-05-09; Friday = 2024-05-10"),
    ("The hearing on Wednesday, May 8, was short.", "Wednesday, May 8 = 2024-05-08"),
    ("until the end of next year", "the end of next year = 2025"),
    ("the January-March period", "January = 2024-01; March = 2024-03"),
    ("in 1999, 2000 and 2001", "1999 = 1999; 2000 = 2000; 2001 = 2001"),
    ("no more than 10 days", "no more than 10 days = P10D"),
    ("almost two decades", "almost two decades = P20Y"),
    ("a quarter of a century", "a quarter of a century = P25Y"),
    ("centuries of rule", "centuries = PXCE"),
    ("this past weekend", "this past weekend = 2024-W19-WE"),
    ("next week", "next week = 2024-W21"),
    ("The day after tomorrow", "The day after tomorrow = 2024-05-17"),
    ("every Tuesday night", "every Tuesday night = XXXX-WXX-2TNI"),
    ("on weekends", "weekends = P1WE"),
    ("as recently as 2011", "2011 = 2011"),
    ("as recently as last week", "last week = 2024-W19"),
    ("early next month", "early next month = 2024-06"),
    ("in the early hours of Tuesday", "the early hours of Tuesday = 2024-05-14"),
    ("one month after the vote", "one month = P1M"),
    ("the year 2000", "the year 2000 = 2000"),
    ("the 2012-13 season", "2012 = 2012"),
    ("in May", "May = 2024-05"),
    ("Brussels, 12 June 2023", "12 June 2023 = 2023-06-12"),
    ("June 2023", "June 2023 = 2023-06"),
    ("June of 2023", "June of 2023 = 2023-06"),
    ("last summer", "last summer = 2023-SU"),
    ("these days", "these days = PRESENT_REF"),
    ("not long ago", "not long ago = PAST_REF"),
    ("three-and-a-half years", "three-and-a-half years = P3.5Y"),
    ("a year and a half ago", "a year and a half ago = 2022"),
    ("a century ago", "a century ago = 19"),
];

const NO_TIMES: [&str; 31] = [
    "Shares closed at $45 in late trading.",
    "Some 2000 jobs will go.",
    "The Boeing 737 landed safely.",
    "He ran Windows 95 on it.",
    "Section 1981 of the code",
    "A 14-year-old boy was hurt.",
    "It may rain.",
    "The troops march on.",
    "He came second in the race.",
    "Prices fall when demand falls.",
    "One day he may return.",
    "He is in his 60s.",
    "Temperatures rose through the day.",
    "He wrote for the Sunday Times.",
    "The decades-old conflict",
    "The former king",
    "a record 1,950 people",
    "The 1,500-meter race",
    "room 2010",
    "The score was 21-17",
    "Psalm 1950",
    "for a third straight day",
    "Y2K",
    "turn of the century",
    "the past",
    "a May Day rally",
    "the summer",
    "six-month-old baby",
    "a year-old company",
    "he is 45",
    "at this moment",
];
