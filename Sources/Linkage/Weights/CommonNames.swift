/// Given names and surnames so common in Britain and the English-speaking world that sharing one says little.
///
/// Chosen by rank from the published counts of the Office for National Statistics (baby names, England and
/// Wales) and of the United States Census Bureau (1990 and 2010 name files); the names alone are kept.
enum CommonNames {
  static let given = """
    abigail adam aisha alan alex alexander alfie alice amanda amber amy andrea andrew angela ann anna
    anthony ashley ava barbara ben benjamin beth betty brandon brenda brian callum carol carolyn
    catherine charles charlie charlotte cheryl chloe chris christina christine christopher claire colin
    connor craig cynthia dan daniel danielle dave david deborah denise dennis derek diane donna edward
    elizabeth ella ellie emily emma eric evelyn fatima frances frank freya gary gemma george gloria
    grace graham gregory hannah harry heather helen holly ian isabella jack jacob jacqueline jade james
    jamie janet janice jason jean jeffrey jen jennifer jerry jessica joan joe john jonathan joseph
    joshua joyce judith judy julia julie justin karen kate katherine kathleen kathryn katie keith kelly
    kenneth kevin kieran kimberly larry laura lauren leo lewis liam lily linda lisa lucy luke madison
    margaret maria marilyn mark martha martin mary matt matthew megan melissa mia michael michelle mike
    mohammed muhammad nancy natalie neil nicholas nick nicole noah oliver olivia oscar pamela patricia
    patrick paul peter priya rachel raymond rebecca richard robert ronald ruth ryan sam samantha samuel
    sandra sara sarah scott sean sharon shirley simon sophia stephanie stephen steve steven stuart susan
    teresa thomas timothy tom victoria virginia william zoe
    """

  static let surnames = """
    adams ahmed ali allen anderson andrews armstrong bailey baker barker barnes begum bell bennett brown
    burns burton butler byrne campbell carter chapman clark clarke collins cook cooper cox cunningham
    davidson davies davis dixon doherty duffy edwards elliott ellis evans ferguson fisher fletcher foster
    fox fraser gallagher garcia gibson gonzalez graham grant gray green grey griffiths hall hamilton harris
    harrison harvey henderson hernandez hill holmes hudson hughes hunt hussain jackson james jenkins johnson
    johnston jones kaur kelly kennedy khan kim king knight lee lewis lloyd lopez lynch macdonald macleod
    marshall martin martinez mason matthews mccarthy mcdonald miller mills mitchell moore moran morgan
    morris morrison murphy murray nguyen nowak oconnor oneill owen palmer parker patel paterson payne pearce
    pearson perez perry phillips powell price quinn ramirez reid reynolds richards richardson roberts
    robertson robinson rodriguez rogers rose ross russell sanchez saunders scott shaw simpson singh smith
    spencer stevens stewart stone sullivan sutherland taylor thompson thomson torres turner walker wallace
    walsh ward watson webb wells west white wilkinson williams wilson wood wright young
    """

  /// Further given names of five letters and more, chosen by hand: as letters at random they would be so rare that two accounts
  /// called `sophie12` and `sophie97` had one owner. They do not tell given names from family names, as some are both.
  static let further = """
    aaron abdullah adrian adriana agata agnieszka aiden aileen alasdair alastair albert alejandro alessandro
    alexandra alfred alison alistair allison ambrose amelia amina amira anastasia angelina angie anita
    annabelle annette annie anselm antonia antonio antony aoife arabella archibald archie arjun arnold arthur
    ashton astrid audrey augustus aurora austin ayesha bailey barnaby barney barry beatrice beatriz becky
    belinda bella benedict bernadette bernard bertram beryl bethany betsy beverley beverly bilal billy birgit
    blake bobby bonnie bradley brendan brett bridget bronwen bruce bryan caitlin caleb callan calvin cameron
    camila carla carlos carmen carole carter carys cassandra cassius catarina catriona cecilia cedric celeste
    charley chiara chidi ciara cillian clara clare clarissa claudette claudia clifford clive colette conrad
    constance cordelia corey cormac courtney curtis cuthbert dafydd daisy damian damien danny darcey darcie
    darcy darius darren debbie debra declan deepak delilah desmond dexter diana divya dmitri dominic donald
    doreen doris dorothy dougal douglas duncan dwayne dwight dylan edith edmund edwin eileen elaine eleanor
    elena elias elijah eliza ellen elliot elliott ellis eloise elsie emeka emilia emmanuel erica ernest
    estella estelle ethan eugene eugenie evangeline ezekiel fabian faith felicity felix ferdinand fergus
    fernando finlay finley finnegan fintan fiona fleur florence florian francesca francis frankie franklin
    franziska fraser frazer freda freddie frederick gabriel gabriella gabrielle gareth garry gavin geoffrey
    georgia georgina gerald geraldine gideon gilbert gillian giovanni giulia gladys glenn gordon gracie
    graeme gregor guilherme gurpreet gustav gwendolyn hamid hamish hamza harold harper harpreet harriet
    harriette harrison harvey hassan hayden hayley hazel hector heidi heinrich henrietta henry herbert herman
    hermione hilary hilda horace howard hubert humphrey hussein ibrahim imogen imran ingrid irena irene isaac
    isabel isabelle isaiah isobel ivana ivanka jacek jacinta jackson janine jarvis jasmine jasper jaspreet
    jayden jeanette jenny jenson jeremy jermaine jerome jerzy jesse joanna joanne jocelyn jodie jonah jordan
    josephine josie julian juliet juliette jurgen justine kareem katarzyna katrina kayleigh keely keira kerry
    khadija kiera kieron kimberley kirsten kirsty krzysztof kylie lacey lachlan laurence lauryn lawrence
    layla leanne leigh leila lennox leonard leonardo lesley leslie libby lindsay lindsey lionel llewelyn
    lloyd logan lorcan lorenzo lorna lorraine lottie louie louis louisa louise lucas lucian lucinda ludovic
    lukas lydia lynne lynsey mabel maeve magdalena magnus maisie malcolm mandy manpreet manuel marcel marcia
    marcus marek margot marie marion marjorie marlene marta marvin mason mateusz matilda matthias maureen
    maurice mavis maxine maxwell melanie melvin merlin michaela miguel mikhail milan mildred millie minnie
    miranda miriam mohan moira mollie molly monica monika montgomery mordecai morgan muhammed mustafa myles
    nadia nadine naomi nasir natalia natasha nathan nathaniel nelson neville niamh nicola nicolas nigel nisha
    norbert noreen norma norman olive ollie orlando oswald ottilie padraig paige pascal paula pauline pavel
    pawel penelope penny percival petra philip phillip phoebe phyllis piotr pooja poppy preston quentin
    quincy rachael rafael rahul rajesh ralph raphael rebekah reece reggie reginald reuben rhian rhiannon
    rhodri richie riley robbie robin robyn roderick rodney roger rohan roisin roland roman ronan ronnie
    rosalie rosalind roseanne rosemary rowan rowena rowland roxanne rupert russell sabine sabrina sadia sadie
    saffron saima sally salvatore samir samson sandeep sanjay santiago savannah scarlett seamus sebastian
    selina serena sergei shane shanice shannon shaun sheila shona sidney sienna silas silvester simeon sinead
    siobhan sofia solomon solveig sonia sonny sonya sophie spencer stacey stanley stefan steffan stella steph
    struan sunil sunita susannah susie suzanne svetlana sylvester sylvia tabitha tamara tania tanya tariq
    taylor teddy terence terry thelma theodora theodore theresa tilly tobias tommy tracey tracy trenton
    trevor tristan tristram trudy tunde tyler tyrone ulrike umair ursula usman valentina valerie vanessa
    vaughan verity vernon veronica vicky victor vincent viola virgil vivian vivienne vladimir walter warren
    warwick wayne wendy wesley wilbur wilfred willow winifred winston wolfgang xavier yasir yasmin yolanda
    yusuf yvonne zachary zahra zainab zander
    """

  /// Given names of four letters and fewer that many in Britain bear, chosen by hand: they tell whose names are one person's,
  /// and are in no handle taken for a name.
  private static let short = """
    adil amir amit ana anil anne arif arlo arun asha asif asma carl cian cora dara dawn dean dev dora edna
    elsa emer enid eoin erin esme euan eva evie ewa ewan gail gina gita glen gwen hira hugh hugo huw ife
    igor ines iona iris isla ivan ivy jake jan jane jill joel jose josh joy juan jude june karl katy kian
    kyle lara lee lena leon lexi lola luca luis lynn marc maya mila mina nina nita nora omar orla owen raj
    ravi rhys rita rory rosa rose ross roy ruby saba sana sian skye sue tara thea theo tina toby tolu tony
    uma umar una usha vera yuri zara
    """

  static let list = WordList(
    [given, surnames, further, givenOfOtherLanguages, familyOfOtherLanguages].joined(separator: " "))
  private static let givenNames = words([given])
  private static let furtherNames = words([further, short, givenOfOtherLanguages])
  private static let familyNames = words([surnames, familyOfOtherLanguages])

  static func isGiven(_ word: String) -> Bool { givenNames.contains(word) }

  /// Whether a word is one of the further given names, which may be a family name as well.
  static func isFurther(_ word: String) -> Bool { furtherNames.contains(word) }

  /// Whether a word is a common family name, which may be a given name as well.
  static func isFamily(_ word: String) -> Bool { familyNames.contains(word) }

  private static func words(_ texts: [String]) -> Set<String> {
    Set(texts.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
  }
}
