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

  static let list = WordList(given + " " + surnames)
  private static let givenNames = Set(given.split(whereSeparator: \.isWhitespace).map(String.init))

  static func isGiven(_ word: String) -> Bool { givenNames.contains(word) }
}
