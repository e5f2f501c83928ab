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
    adams ahmed ali allen anderson baker barker barnes begum bell bennett brown butler campbell carter
    clark clarke collins cook cooper cox davies davis edwards evans fisher foster fox fraser garcia
    gonzalez graham grant gray green grey griffiths hall hamilton harris harvey hernandez hill holmes
    hughes hunt hussain jackson james johnson jones kelly kennedy khan kim king knight lee lewis lloyd
    lopez macdonald marshall martin martinez mason matthews mcdonald miller mills mitchell moore morgan
    morris murphy murray nguyen nowak owen palmer parker patel pearson perez phillips powell price
    ramirez reid reynolds richardson roberts robinson rodriguez rogers rose ross russell sanchez
    saunders scott shaw simpson singh smith spencer stevens stewart stone taylor thompson torres turner
    walker wallace walsh ward watson webb wells west white williams wilson wood wright young
    """

  /// Further given names of five letters and more, chosen by hand: as letters at random they would be so rare that two accounts
  /// called `sophie12` and `sophie97` had one owner. They do not tell given names from family names, as some are both.
  static let further = """
    aaron abdullah adriana agata agnieszka aiden aileen alasdair alastair alejandro alessandro alexandra
    alistair allison ambrose amelia amina amira anastasia angelina anita annabelle annette anselm antonia
    antonio aoife arabella archibald archie arjun arnold ashton astrid augustus aurora ayesha barnaby
    barney barry beatrice beatriz belinda benedict bernadette bernard bertram bethany betsy bilal birgit
    bonnie bradley brendan brett bridget bronwen bruce bryan caleb callan calvin cameron camila carlos
    carmen carys cassandra cassius catarina catriona cecilia cedric celeste charley chiara chidi ciara
    cillian clarissa claudette claudia clifford clive colette conrad constance cordelia cormac curtis
    cuthbert dafydd daisy damian damien darcey darcie darius darren declan deepak delilah desmond dexter
    diana divya dmitri dominic doreen doris dorothy dougal douglas duncan dwayne dwight edmund edwin
    eileen eleanor elena elias elijah elliot eloise elsie emeka emilia emmanuel erica ernest estella
    estelle ethan eugene eugenie evangeline ezekiel fabian faith felicity felix ferdinand fergus fernando
    finlay finley finnegan fintan fiona fleur florence florian francesca francis franklin franziska
    frazer freda freddie frederick gabriel gabriella gabrielle gareth gavin geoffrey georgia gerald
    geraldine gideon gilbert gillian giovanni giulia gordon gracie graeme gregor guilherme gurpreet
    gustav gwendolyn hamid hamish hamza harold harpreet harriet harriette hassan hazel hector heidi
    heinrich henrietta herbert herman hermione hilary hilda horace howard hubert humphrey hussein ibrahim
    imogen imran ingrid irena irene isabel isabelle isaiah isobel ivana ivanka jacek jacinta janine
    jarvis jasmine jasper jaspreet jayden jeanette jenny jermaine jerome jerzy joanna joanne jocelyn
    jonah jordan josie juliet juliette jurgen justine kareem katarzyna katrina keely keira kerry khadija
    kiera kieron kirsten kirsty krzysztof kylie lachlan laurence lauryn lawrence layla leanne leigh leila
    lennox leonard leonardo leslie lindsay lindsey lionel llewelyn lorcan lorenzo lorna lorraine lottie
    louisa louise lucian lucinda ludovic lukas lydia lynsey mabel maeve magdalena magnus maisie malcolm
    manpreet manuel marcel marcia marcus marek marie marion marlene marta marvin mateusz matilda matthias
    maureen maurice mavis maxine maxwell melanie melvin merlin michaela miguel mikhail milan mildred
    millie minnie miranda miriam mohan moira molly monica monika montgomery mordecai muhammed mustafa
    myles nadia nadine naomi nasir natalia natasha nathan nathaniel nelson neville niamh nicola nicolas
    nigel nisha norbert noreen norma norman olive orlando oswald ottilie padraig pascal pavel pawel
    penelope penny percival petra philip phillip phoebe piotr pooja poppy preston quentin quincy rachael
    rafael rahul rajesh raphael rebekah reggie reginald reuben rhian rhiannon rhodri richie robbie robin
    roderick rodney rohan roisin roland ronan rosalie rosalind roseanne rowan rowena rowland roxanne
    rupert sabine sabrina sadia sadie saffron saima salvatore samir samson sandeep sanjay santiago
    savannah scarlett seamus sebastian selina serena sergei shane shanice shannon shaun sheila shona
    sidney sienna silas silvester simeon sinead siobhan solomon solveig sonia sonya sophie stanley stefan
    steffan stella struan sunil sunita susannah suzanne svetlana sylvester sylvia tabitha tamara tania
    tanya tariq terence terry thelma theodora theodore theresa tilly tobias tommy tracey tracy trenton
    trevor tristan tristram trudy tunde tyler tyrone ulrike umair ursula usman valentina valerie vanessa
    vaughan verity vernon veronica vicky victor vincent viola virgil vivian vivienne vladimir walter
    warren warwick wayne wendy wesley wilbur wilfred willow winifred winston wolfgang xavier yasir yasmin
    yolanda yusuf yvonne zahra zainab zander
    """

  /// Given names of four letters and fewer that many in Britain bear, chosen by hand: they tell whose names are one person's,
  /// and are in no handle taken for a name.
  private static let short = """
    adil amir amit ana anil arif arun asha asif asma carl cian cora dara dean dev dora edna elsa emer
    enid eoin erin euan eva evie ewa ewan gita glen gwen hira hugo huw ife igor ines iona isla ivan ivy
    jan jose joy juan karl kyle lara lena lola luca luis marc mina nina nita nora omar orla raj ravi rhys
    rita rosa ruby saba sana sian skye tara toby tolu uma umar una usha yuri zara
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
