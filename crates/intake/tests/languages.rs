//! The language of short texts, in a table of our own words: a headline and a sentence in each of thirty-five languages, and headlines of
//! languages that share their letters.
//!
//! An answer in the wrong language is never right; none at all is, where nothing bears one out, and those texts are named.

use depeche_intake::{Pages, ReadOptions, Reader, dispatch};
use depeche_packs::{PackError, PackFiles};

/// A headline and a sentence in each language, with the code that both are to give.
const LANGUAGES: &[(&str, &str, &str)] = &[
    (
        "fr",
        "Le ministre reçoit son homologue à Genève",
        "Le ministre des affaires étrangères a reçu lundi son homologue norvégien afin de parler de la pêche et du prix du poisson.",
    ),
    (
        "en",
        "Foreign ministers meet in Oslo over fishing",
        "The foreign ministers of both countries met in Oslo on Monday to talk about fish and about the price of salt.",
    ),
    (
        "de",
        "Außenminister trifft seine Kollegin in Bergen",
        "Der Außenminister ist am Montag nach Bergen gereist und hat dort mit seiner Kollegin über die Fischerei und den Zoll gesprochen.",
    ),
    (
        "es",
        "El canciller recibe a su homólogo en Quito",
        "El canciller recibió el lunes a su homólogo noruego para hablar de la pesca y del precio de la sal en los puertos.",
    ),
    (
        "it",
        "Il ministro incontra la collega norvegese a Roma",
        "Il ministro degli esteri ha incontrato lunedì la sua collega norvegese per parlare della pesca e del prezzo del sale nei porti.",
    ),
    (
        "pt",
        "O chanceler recebe o seu homólogo em Lisboa",
        "O ministro dos negócios estrangeiros recebeu na segunda-feira o seu homólogo norueguês para falar da pesca e do preço do sal.",
    ),
    (
        "nl",
        "Minister ontvangt haar collega uit Noorwegen in Utrecht",
        "De minister van buitenlandse zaken heeft maandag haar collega uit Noorwegen ontvangen om over de visserij en de prijs van zout te praten.",
    ),
    (
        "sv",
        "Utrikesministern tog emot sin kollega i Uppsala",
        "Utrikesministern tog på måndagen emot sin norska kollega för att tala om fisket och om priset på salt i hamnarna.",
    ),
    (
        "pl",
        "Minister przyjął swojego kolegę z Norwegii w Krakowie",
        "Minister spraw zagranicznych przyjął w poniedziałek swojego norweskiego kolegę, aby porozmawiać o rybołówstwie i o cenie soli w portach.",
    ),
    (
        "ro",
        "Ministrul l-a primit pe omologul său la Iași",
        "Ministrul afacerilor externe l-a primit luni pe omologul său norvegian pentru a vorbi despre pescuit și despre prețul sării din porturi.",
    ),
    (
        "cs",
        "Ministr přijal svého norského kolegu v Brně",
        "Ministr zahraničních věcí přijal v pondělí svého norského kolegu, aby spolu hovořili o rybolovu a o ceně soli v přístavech.",
    ),
    (
        "ca",
        "El ministre rep el seu homòleg a Girona",
        "El ministre d'afers exteriors va rebre dilluns el seu homòleg noruec per parlar de la pesca i del preu de la sal als ports.",
    ),
    (
        "da",
        "Udenrigsministeren modtog sin kollega i Aarhus i dag",
        "Udenrigsministeren modtog mandag sin norske kollega for at tale om fiskeriet og om prisen på salt, der er steget siden sommeren.",
    ),
    (
        "fi",
        "Ulkoministeri otti kollegansa vastaan Tampereella",
        "Ulkoministeri otti maanantaina vastaan norjalaisen kollegansa, ja he puhuivat kalastuksesta sekä suolan hinnasta, joka on noussut kesän jälkeen.",
    ),
    (
        "hu",
        "A külügyminiszter fogadta kollégáját Szegeden",
        "A külügyminiszter hétfőn fogadta norvég kollégáját, hogy a halászatról és a só áráról tárgyaljanak, amely nyár óta sokat emelkedett a kikötőkben.",
    ),
    (
        "tr",
        "Dışişleri bakanı mevkidaşını İzmir'de kabul etti",
        "Dışişleri bakanı pazartesi günü Norveçli mevkidaşını kabul ederek balıkçılık ve limanlardaki tuz fiyatları hakkında onunla uzun uzun görüştü.",
    ),
    (
        "az",
        "Xarici işlər naziri həmkarını Gəncədə qəbul etdi",
        "Xarici işlər naziri bazar ertəsi norveçli həmkarını qəbul edərək onunla balıqçılıq və limanlarda duzun qiyməti haqqında danışdı.",
    ),
    (
        "ru",
        "Министр принял коллегу из Норвегии в Твери",
        "Министр иностранных дел принял в понедельник своего норвежского коллегу, чтобы поговорить о рыболовстве и о цене на соль в портах.",
    ),
    (
        "uk",
        "Міністр прийняв колегу з Норвегії у Львові",
        "Міністр закордонних справ прийняв у понеділок свого норвезького колегу, щоб поговорити про рибальство та про ціну на сіль у портах.",
    ),
    (
        "be",
        "Міністр прыняў калегу з Нарвегіі ў Гродне",
        "Міністр замежных спраў прыняў у панядзелак свайго нарвежскага калегу, каб пагаварыць пра рыбалоўства і пра цану на соль у партах.",
    ),
    (
        "bg",
        "Министърът прие своя колега от Норвегия във Варна",
        "Министърът на външните работи прие в понеделник своя норвежки колега, за да говорят за риболова и за цената на солта в пристанищата.",
    ),
    (
        "sr",
        "Министар је примио колегу из Норвешке у Нишу",
        "Министар спољних послова примио је у понедељак свог норвешког колегу како би разговарали о риболову и о цени соли у лукама.",
    ),
    (
        "kk",
        "Министр әріптесін Алматы қаласында қабылдады",
        "Сыртқы істер министрі дүйсенбі күні норвегиялық әріптесін қабылдап, балық аулау мен порттардағы тұз бағасы туралы ұзақ әңгімелесті.",
    ),
    (
        "el",
        "Ο υπουργός δέχθηκε τον ομόλογό του στην Πάτρα",
        "Ο υπουργός εξωτερικών δέχθηκε τη Δευτέρα τον Νορβηγό ομόλογό του για να μιλήσουν για την αλιεία και για την τιμή του αλατιού.",
    ),
    (
        "hy",
        "Նախարարն ընդունեց իր գործընկերոջը Գյումրիում",
        "Արտաքին գործերի նախարարը երկուշաբթի օրը ընդունեց իր նորվեգացի գործընկերոջը՝ խոսելու ձկնորսության և աղի գնի մասին։",
    ),
    (
        "ka",
        "მინისტრმა თავისი კოლეგა ქუთაისში მიიღო",
        "საგარეო საქმეთა მინისტრმა ორშაბათს თავისი ნორვეგიელი კოლეგა მიიღო და მასთან თევზჭერასა და მარილის ფასზე ისაუბრა.",
    ),
    (
        "he",
        "שר החוץ קיבל את עמיתו הנורווגי בחיפה",
        "שר החוץ קיבל ביום שני את עמיתו הנורווגי כדי לדבר על הדיג ועל מחיר המלח שעלה מאז הקיץ בנמלים.",
    ),
    (
        "ar",
        "وزير الخارجية يستقبل نظيره النرويجي في طنجة",
        "استقبل وزير الخارجية يوم الاثنين نظيره النرويجي للحديث عن صيد الأسماك وعن سعر الملح الذي ارتفع منذ الصيف في الموانئ.",
    ),
    (
        "fa",
        "وزیر خارجه با همتای نروژی خود در شیراز دیدار کرد",
        "وزیر امور خارجه روز دوشنبه با همتای نروژی خود دیدار کرد تا درباره ماهیگیری و بهای نمک که از تابستان بالا رفته است گفتگو کنند.",
    ),
    (
        "ur",
        "وزیر خارجہ کی لاہور میں اپنے ہم منصب سے ملاقات",
        "وزیر خارجہ نے پیر کے روز اپنے ناروے کے ہم منصب سے ملاقات کی تاکہ ماہی گیری اور نمک کی قیمت پر بات کی جا سکے۔",
    ),
    (
        "hi",
        "विदेश मंत्री ने जयपुर में अपने समकक्ष से भेंट की",
        "विदेश मंत्री ने सोमवार को नॉर्वे के अपने समकक्ष से भेंट की ताकि मछली पकड़ने और नमक के दाम पर बात हो सके।",
    ),
    (
        "zh",
        "外交部长在青岛会见挪威同行并讨论渔业问题",
        "外交部长星期一会见了来访的挪威同行，双方谈到了渔业合作以及自夏天以来不断上涨的港口食盐价格。",
    ),
    (
        "ja",
        "外相が長崎でノルウェーの外相と会談した",
        "外相は月曜日、訪問中のノルウェーの外相と会談し、漁業と夏から上がり続けている港の塩の値段について話し合った。",
    ),
    (
        "ko",
        "외교장관, 부산에서 노르웨이 장관과 만나 어업 논의",
        "외교장관은 월요일 노르웨이 장관을 만나 어업과 여름부터 계속 오르고 있는 항구의 소금 가격에 대해 이야기를 나누었다.",
    ),
    (
        "vi",
        "Bộ trưởng tiếp người đồng cấp Na Uy ở Huế",
        "Hôm thứ hai, bộ trưởng ngoại giao đã tiếp người đồng cấp Na Uy để bàn về nghề cá và về giá muối ở các cảng biển.",
    ),
];

/// Headlines of languages that share their letters.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("fa", "رئیس جمهور فردا به تبریز سفر می کند"),
    ("fa", "مذاکرات دو کشور درباره آب بدون نتیجه پایان یافت"),
    ("fa", "سخنگوی دولت خبر دیدار محرمانه را رد کرد"),
    ("fa", "سفیر ژاپن از بازار اصفهان بازدید کرد"),
    ("fa", "بارش باران در شمال ادامه دارد"),
    ("fa", "نمایندگان دو دولت توافق تازه ای امضا کردند"),
    ("ar", "الرئيس يزور مدينة حلب غدا لبحث المياه"),
    ("ar", "انتهت المفاوضات بين البلدين دون نتيجة"),
    ("ar", "المتحدث باسم الحكومة ينفي خبر اللقاء السري"),
    ("ar", "السفير الياباني يتجول في سوق صنعاء القديم"),
    ("ar", "استمرار هطول الأمطار في شمال البلاد"),
    ("ar", "ممثلو الحكومتين يوقعون اتفاقا جديدا"),
    ("ur", "صدر کل کراچی کا دورہ کریں گے"),
    ("ur", "دونوں ملکوں کے مذاکرات بغیر نتیجے کے ختم"),
    ("ur", "حکومتی ترجمان نے خفیہ ملاقات کی خبر مسترد کر دی"),
    ("ur", "جاپان کے سفیر نے پشاور کے بازار کی سیر کی"),
    ("ur", "شمال میں بارش کا سلسلہ جاری"),
    ("az", "Prezident sabah Şəkiyə səfər edəcək"),
    ("az", "İki ölkə arasında danışıqlar nəticəsiz başa çatdı"),
    ("az", "Hökumət nümayəndəsi gizli görüş xəbərini təkzib etdi"),
    ("az", "Yaponiya səfiri köhnə bazarı gəzdi"),
    ("az", "Şimalda yağış davam edir"),
    ("tr", "Cumhurbaşkanı yarın Konya'ya gidiyor"),
    ("tr", "İki ülke arasındaki görüşmeler sonuçsuz kaldı"),
    ("tr", "Hükümet sözcüsü gizli görüşme haberini yalanladı"),
    ("tr", "Japonya büyükelçisi eski çarşıyı gezdi"),
    ("tr", "Kuzeyde yağmur devam ediyor"),
    ("ru", "Президент завтра поедет в Самару"),
    ("ru", "Переговоры двух стран закончились без результата"),
    ("ru", "Представитель правительства опроверг слухи о тайной встрече"),
    ("ru", "Посол Японии осмотрел старый рынок"),
    ("ru", "На севере продолжаются дожди"),
    ("ru", "Делегации подписали новое соглашение о воде"),
    ("uk", "Президент завтра поїде до Полтави"),
    ("uk", "Переговори двох країн завершилися без результату"),
    ("uk", "Речник уряду спростував чутки про таємну зустріч"),
    ("uk", "Посол Японії оглянув старий ринок"),
    ("uk", "На півночі тривають дощі"),
    ("uk", "Делегації підписали нову угоду про воду"),
    ("bg", "Президентът заминава утре за Пловдив"),
    ("bg", "Преговорите между двете страни завършиха без резултат"),
    ("bg", "Говорителят на правителството отрече за тайна среща"),
    ("bg", "Посланикът на Япония разгледа стария пазар"),
    ("bg", "На север дъждовете продължават"),
    ("bg", "Делегациите подписаха ново споразумение за водата"),
    ("es", "El presidente viaja mañana a Sevilla"),
    ("es", "Las conversaciones entre ambos países acaban sin acuerdo"),
    ("pt", "O presidente viaja amanhã para Coimbra"),
    ("pt", "As conversas entre os dois países acabam sem acordo"),
    ("ca", "El president viatja demà a Tarragona"),
    ("ca", "Les converses entre els dos països acaben sense acord"),
    ("it", "Il presidente parte domani per Bari"),
    ("it", "I colloqui tra i due paesi finiscono senza accordo"),
    ("ro", "Președintele pleacă mâine la Sibiu"),
    ("ro", "Discuțiile dintre cele două țări se încheie fără acord"),
    ("sv", "Presidenten reser i morgon till Malmö"),
    ("sv", "Samtalen mellan de två länderna slutar utan avtal"),
    ("da", "Præsidenten rejser i morgen til Odense"),
    ("da", "Samtalerne mellem de to lande ender uden en aftale"),
    ("nl", "President vertrekt morgen naar Groningen"),
    ("nl", "Gesprekken tussen beide landen eindigen zonder akkoord"),
    ("de", "Präsident reist morgen nach Rostock"),
    ("de", "Gespräche zwischen beiden Ländern enden ohne Einigung"),
    ("cs", "Prezident zítra odjíždí do Olomouce"),
    ("pl", "Prezydent jedzie jutro do Torunia"),
];

/// Those that are not told: the language is not known, as Danish and Catalan are not, or the few letters are any neighbour's.
const UNTOLD: &[&str] = &[
    "El canciller recibe a su homólogo en Quito",
    "Il ministro incontra la collega norvegese a Roma",
    "Utrikesministern tog emot sin kollega i Uppsala",
    "El ministre rep el seu homòleg a Girona",
    "El ministre d'afers exteriors va rebre dilluns el seu homòleg noruec per parlar de la pesca i del preu de la sal als ports.",
    "Udenrigsministeren modtog sin kollega i Aarhus i dag",
    "Udenrigsministeren modtog mandag sin norske kollega for at tale om fiskeriet og om prisen på salt, der er steget siden sommeren.",
    "Ulkoministeri otti kollegansa vastaan Tampereella",
    "Ulkoministeri otti maanantaina vastaan norjalaisen kollegansa, ja he puhuivat kalastuksesta sekä suolan hinnasta, joka on noussut kesän jälkeen.",
    "A külügyminiszter fogadta kollégáját Szegeden",
    "Министар је примио колегу из Норвешке у Нишу",
    "Министар спољних послова примио је у понедељак свог норвешког колегу како би разговарали о риболову и о цени соли у лукама.",
    "Президент завтра поедет в Самару",
    "Делегации подписали новое соглашение о воде",
    "Делегациите подписаха ново споразумение за водата",
    "El presidente viaja mañana a Sevilla",
    "El president viatja demà a Tarragona",
    "Les converses entre els dos països acaben sense acord",
    "Præsidenten rejser i morgen til Odense",
    "Samtalerne mellem de to lande ender uden en aftale",
    "Präsident reist morgen nach Rostock",
    "Prezident zítra odjíždí do Olomouce",
    "Prezydent jedzie jutro do Torunia",
];

fn language(text: &str, pages: &Pages) -> Option<String> {
    let item = Reader::new(std::io::Cursor::new(text.to_owned()), "-", ReadOptions::default()).next()?.ok()?;
    dispatch(&item, pages).0.language
}

fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = LANGUAGES.iter().flat_map(|&(code, headline, sentence)| [(code, headline), (code, sentence)]);
    pairs.chain(NEIGHBOURS.iter().copied())
}

#[test]
fn each_is_told_or_nothing_is_said() -> Result<(), PackError> {
    let pages = Pages::load(&PackFiles::built_in())?;
    for (code, text) in texts() {
        let expected = (!UNTOLD.contains(&text)).then_some(code);
        assert_eq!(language(text, &pages).as_deref(), expected, "{text}");
    }
    Ok(())
}

#[test]
fn a_quoted_name_or_phrase_does_not_sway_a_text() -> Result<(), PackError> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let check = |text: &str, expected: &str| assert_eq!(language(text, &pages).as_deref(), Some(expected), "{text}");
    check("Lech Kołaczkowski and Zdeněk Dvořák met in Łódź on Monday to talk about fish, and will meet again in the spring.", "en");
    check("Le ministre a conclu son discours par « Bütün ölkələr üçün » devant la presse réunie dans la cour de l'ambassade.", "fr");
    check("Der Minister sagte «до свидания» und reiste am Abend weiter nach Tromsø, wo ihn seine Kollegin am Hafen erwartete.", "de");
    check("Министр сказал Good morning и уехал в порт, где его ждали рыбаки и журналисты.", "ru");
    check("استقبل الوزير نظيره من مدينة پاريس في المطار وتحدثا طويلا عن أسعار الملح في الأسواق الكبيرة وعن عودة الصيادين إلى البحر.", "ar");
    Ok(())
}

#[test]
fn figures_and_single_words_say_nothing() -> Result<(), PackError> {
    let pages = Pages::load(&PackFiles::built_in())?;
    for text in ["12 345, 678", "Bergen", "Ok!", "тест", "ب", "…", "x = 4 + y, z < 9"] {
        assert_eq!(language(text, &pages), None, "{text}");
    }
    Ok(())
}

#[test]
fn many_threads_say_what_one_says() -> Result<(), PackError> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let alone: Vec<Option<String>> = texts().map(|(_, text)| language(text, &pages)).collect();
    let together = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| texts().map(|(_, text)| language(text, &pages)).collect())).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect::<Vec<Vec<Option<String>>>>()
    });
    assert_eq!(together, vec![alone; 4]);
    Ok(())
}
