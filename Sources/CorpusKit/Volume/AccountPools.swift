/// Invented names and words for account tables.
enum AccountPools {
  static let given = SkewedWords(
    """
    amelia oliver isla noah ava george mia arthur ivy leo lily harry freya oscar ella archie rosie jack evie theo grace
    freddie florence henry poppy charlie willow thomas elsie james sofia joshua alice william phoebe max daisy lucas
    sienna alfie matilda isaac maya ethan ruby albert emily roman charlotte jude hannah finley jessica louie nancy rory
    esme felix martha hugo clara elliot maeve caleb thea toby orla reuben lola jasper bonnie silas edith kit mabel
    aisha omar zara bilal fatima yusuf priya arjun leila tariq nadia imran meera sanjay chen wei yuki hiro mateo lucia
    diego elena marek agata pavel ines rui anya dmitri kofi amara chidi zuri kwame nia tomasz zofia
    bronwen rhys carys gethin sian owain mairi callum eilidh fergus niamh cormac aoife declan
    """.split(whereSeparator: \.isWhitespace).map(String.init), exponent: 0.9)

  /// Some eight thousand surnames: 24 heads, 19 middles and 18 tails.
  static let family = SkewedWords(
    [
      "", "er", "ing", "el", "en", "on", "ar", "is", "ley", "ow", "ham", "or", "in", "and", "al", "um", "as",
      "ert", "ock",
    ]
    .flatMap { middle in
      "son ley ton ford well man wood field worth by stone brook ridge more land wick combe gate"
        .split(separator: " ").flatMap { tail in
          """
          ash bram carl dun eld fen gar hath ing kel lang mar nor oak pen quar ral sed thorn under wal wex yar brack
          """.split(whereSeparator: \.isWhitespace).map { String($0) + middle + String(tail) }
        }
    }, exponent: 0.75)

  static let cities = SkewedWords(
    "mouth bury ford bridge caster dale wich ness pool minster".split(separator: " ").flatMap { tail in
      "ald bar cold dart east fal grim hart ilk kings low mid nether over port ring shel thorn up wey"
        .split(separator: " ").map { String($0) + String(tail) }
    }, exponent: 0.9)

  static let adjectives = WordTable(
    """
    dark silent blue toxic lucky happy crazy mad royal iron ghost frozen golden shadow wild tiny super mega real lost
    broken secret night neon urban rusty savage gentle salty cosmic
    """.split(whereSeparator: \.isWhitespace).map(String.init))
  static let nouns = WordTable(
    """
    wolf fox tiger raven king queen rider gamer panda dragon phoenix hunter ninja rebel storm moon star knight viper
    falcon rose angel demon bear shark hawk cat dog bunny wizard
    """.split(whereSeparator: \.isWhitespace).map(String.init))
  static let platforms = WordTable([
    "chirp", "pixgram", "facepage", "snapit", "tikvid", "reddboard", "discus", "datr", "gamr", "telechat",
  ])
  static let domains = WordTable([
    "example.com", "example.org", "example.net", "mail.example", "post.example", "inbox.example",
    "web.example",
    "proton.example",
  ])

  /// The keys beside each letter on a British keyboard, from a to z.
  static let neighbours: [[UInt8]] = [
    "qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop",
    "njk",
    "bhjm", "iklp", "ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase", "zsdc", "tghu", "asx",
  ].map { Array($0.utf8) }
}

/// Words of which the first are commoner: word k has the weight 1 / (k + 5)^exponent.
struct SkewedWords: Sendable {
  private let words: WordTable
  /// For each of 4,096 equal shares of the weight, the word in which it begins.
  private let guide: [UInt16]
  private let cumulative: [Double]

  init(_ list: [String], exponent: Double) {
    words = WordTable(list)
    var sum = 0.0
    var cumulative: [Double] = []
    for position in list.indices {
      sum += Self.weight(position, exponent)
      cumulative.append(sum)
    }
    let total = sum
    self.cumulative = cumulative.map { $0 / total }
    var word = 0
    var guide: [UInt16] = []
    for share in 0..<4_096 {
      while word < list.count - 1, cumulative[word] / total <= Double(share) / 4_096 { word += 1 }
      guide.append(UInt16(word))
    }
    self.guide = guide
  }

  /// A power by square roots alone: `pow` may differ in its last bit between C libraries, and a corpus must not.
  private static func weight(_ position: Int, _ exponent: Double) -> Double {
    var result = 1.0
    var root = Double(position + 5)
    var rest = exponent
    var part = 1.0
    for _ in 0..<20 {
      if rest >= part {
        result *= root
        rest -= part
      }
      root = root.squareRoot()
      part /= 2
    }
    return 1 / result
  }

  /// Replaces a text by a word drawn by weight.
  func draw(_ random: inout SeededRandom, into text: inout [UInt8]) {
    let ticket = random.unit()
    var word = Int(guide[Int(ticket * 4_096)])
    while word < cumulative.count - 1, cumulative[word] <= ticket { word += 1 }
    text.removeAll(keepingCapacity: true)
    words.append(word, to: &text)
  }
}
