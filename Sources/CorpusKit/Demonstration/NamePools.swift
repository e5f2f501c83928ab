/// Invented material from which a case is drawn. None of it names a real person, account or address.
enum NamePools {
  static let womensNames = [
    "Hannah", "Ruth", "Imogen", "Leila", "Martha", "Bronwen", "Zoë", "Nadia", "Siân", "Freya", "Orla",
    "Tamsin",
  ]
  static let mensNames = [
    "Daniel", "Gareth", "Martin", "Callum", "Stephen", "Adrian", "Neil", "Russell", "Damian", "Keith",
  ]
  static let firstNames = [
    "Priya", "Tom", "Aisha", "Ollie", "Grace", "Marek", "Joan", "Femi", "Ines", "Bilal", "Lottie", "Hugh",
    "Wen",
    "Rosa", "Kit", "Moira", "Dev", "Pascal", "Yusuf", "Edie", "Angus", "Chloé", "Vikram", "Nell", "Łukasz",
  ]
  static let surnames = [
    "Whitlock", "Ashdown", "Penhallow", "Marsh", "Tolliver", "Carrow", "Eastlake", "Winterburn", "Haddow",
    "Lowther", "Quennell", "Sallis", "Thackray", "Underhay", "Varley", "Wexcombe", "Yelland", "Brindle",
    "Culpin", "Dunnock", "Fenwright", "Garside", "Holloway-Pike", "Ibbotson", "Jessamine", "Kettlewell",
  ]
  /// Halves of rare handles: ten letters or so when joined, and none of them a word on its own.
  static let stemHeads = ["grim", "moth", "crow", "rust", "murk", "fret", "dirk", "bogle"]
  static let stemTails = ["reefer", "tallow", "warden", "marrow", "gibbet", "herrin", "spirit", "tinder"]
  /// Halves of the second controller's handles; none in common with the first's.
  static let secondHeads = ["north", "clover", "pale", "hollow", "quill", "amber"]
  static let secondTails = ["vesper", "ledger", "canon", "steward", "sexton", "proctor"]
  /// Halves of throw-away handles, which say nothing.
  static let plainHeads = [
    "silver", "quiet", "maple", "early", "little", "sunny", "velvet", "paper", "open", "plain",
  ]
  static let plainTails = [
    "willow", "kettle", "window", "harbour", "button", "meadow", "lantern", "cottage", "robin",
  ]
  static let towns = [
    "Aldermere", "Westerby", "Thornwick", "Castle Brea", "Lower Penn", "Marlsea", "Ockham Vale",
  ]
  static let streets = [
    "Tanner Row", "Mill Bank", "Chapel Walk", "Orchard Rise", "Station Parade", "Ferry Lane",
  ]
  static let places = [
    "the station", "the gym", "the Tuesday market", "the car park", "the coffee place", "the library",
    "your mum's",
    "the bus stop", "the corner shop", "the leisure centre", "the canal path", "the bakery",
  ]
  static let things = [
    "the blue car", "the flat", "the wedding", "the photos", "the dog", "the new job", "that lad from work",
    "the keys", "the party", "the money", "the holiday", "the parcel", "the email", "the phone call",
  ]
  static let times = [
    "on Tuesday", "last night", "this morning", "at the weekend", "on your way home", "after work",
    "yesterday",
    "on Friday", "at lunch", "before the meeting", "just now", "in the rain",
  ]
}
