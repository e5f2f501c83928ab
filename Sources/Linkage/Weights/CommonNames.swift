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

  /// Further given names of six letters and more, chosen by hand: as letters at random they would be so rare that two accounts
  /// called `sophie12` and `sophie97` had one owner. They do not tell given names from family names, as some are both.
  static let further = """
    abdullah adriana agnieszka aileen alasdair alastair alejandro alessandro alexandra alistair allison
    ambrose amelia anastasia angelina annabelle annette anselm antonia antonio arabella archibald archie
    arnold ashton astrid augustus aurora ayesha barnaby barney beatrice beatriz belinda benedict bernadette
    bernard bertram bethany birgit bonnie bradley brendan bridget bronwen callan calvin cameron camila
    carlos carmen cassandra cassius catarina catriona cecilia cedric celeste charley chiara cillian clarissa
    claudette claudia clifford colette conrad constance cordelia cormac curtis cuthbert dafydd damian damien
    darcey darcie darius darren declan deepak delilah desmond dexter dmitri dominic doreen dorothy dougal
    douglas duncan dwayne dwight edmund eileen eleanor elijah elliot eloise emilia emmanuel ernest estella
    estelle eugene eugenie evangeline ezekiel fabian felicity ferdinand fergus fernando finlay finley
    finnegan fintan florence florian francesca francis franklin franziska frazer freddie frederick gabriel
    gabriella gabrielle gareth geoffrey georgia gerald geraldine gideon gilbert gillian giovanni giulia
    gordon gracie graeme gregor guilherme gurpreet gustav gwendolyn hamish harold harpreet harriet harriette
    hassan hector heinrich henrietta herbert herman hermione hilary horace howard hubert humphrey hussein
    ibrahim imogen ingrid isabel isabelle isaiah isobel ivanka jacinta janine jarvis jasmine jasper jaspreet
    jayden jeanette jermaine jerome joanna joanne jocelyn jordan juliet juliette jurgen justine kareem
    katarzyna katrina khadija kieron kirsten kirsty krzysztof lachlan laurence lauryn lawrence leanne lennox
    leonard leonardo leslie lindsay lindsey lionel llewelyn lorcan lorenzo lorraine lottie louisa louise
    lucian lucinda ludovic lynsey magdalena magnus maisie malcolm manpreet manuel marcel marcia marcus
    marion marlene marvin mateusz matilda matthias maureen maurice maxine maxwell melanie melvin merlin
    michaela miguel mikhail mildred millie minnie miranda miriam monica monika montgomery mordecai muhammed
    mustafa nadine natalia natasha nathan nathaniel nelson neville nicola nicolas norbert noreen norman
    orlando oswald ottilie padraig pascal penelope percival philip phillip phoebe preston quentin quincy
    rachael rafael rajesh raphael rebekah reggie reginald reuben rhiannon rhodri richie robbie roderick
    rodney roisin roland rosalie rosalind roseanne rowena rowland roxanne rupert sabine sabrina saffron
    salvatore samson sandeep sanjay santiago savannah scarlett seamus sebastian selina serena sergei shanice
    shannon sheila sidney sienna silvester simeon sinead siobhan solomon solveig sophie stanley stefan
    steffan stella struan sunita susannah suzanne svetlana sylvester sylvia tabitha tamara terence thelma
    theodora theodore theresa tobias tracey trenton trevor tristan tristram tyrone ulrike ursula valentina
    valerie vanessa vaughan verity vernon veronica victor vincent virgil vivian vivienne vladimir walter
    warren warwick wesley wilbur wilfred willow winifred winston wolfgang xavier yasmin yolanda yvonne
    zainab zander
    """

  /// Given names of five letters and fewer that many in Britain bear, chosen by hand: they tell whose names are one person's,
  /// and are in no handle taken for a name.
  private static let short = """
    aaron adil agata aiden amina amir amira amit ana anil anita aoife arif arjun arun asha asif asma
    barry betsy bilal brett bruce bryan caleb carl carys chidi cian ciara clive cora daisy dara dean dev
    diana divya dora doris edna edwin elena elias elsa elsie emeka emer enid eoin erica erin ethan euan
    eva evie ewa ewan faith felix fiona fleur freda gavin gita glen gwen hamid hamza hazel heidi hilda
    hira hugo huw ife igor imran ines iona irena irene isla ivan ivana ivy jacek jan jenny jerzy jonah
    jose josie joy juan karl keely keira kerry kiera kyle kylie lara layla leigh leila lena lola lorna
    luca luis lukas lydia mabel maeve marc marek marie marta mavis milan mina mohan moira molly myles
    nadia naomi nasir niamh nigel nina nisha nita nora norma olive omar orla pavel pawel penny petra
    piotr pooja poppy rahul raj ravi rhian rhys rita robin rohan ronan rosa rowan ruby saba sadia sadie
    saima samir sana shane shaun shona sian silas skye sonia sonya sunil tania tanya tara tariq terry
    tilly toby tolu tommy tracy trudy tunde tyler uma umair umar una usha usman vicky viola wayne wendy
    yasir yuri yusuf zahra zara
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
