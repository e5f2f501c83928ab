import Glibc

/// How often two accounts of one person agree in each way, and what a contradiction is worth.
///
/// A table of names and e-mail addresses alone cannot teach this: the two say the same, so that nothing independent
/// tells right from wrong. The shares are set by judgement, and of the order that was found among identities which their
/// owners or projects declare to be of one person (address maps of software projects, user ids of signing keys): same
/// full name .45 to .95, same address .01 to .26, same handle .03 to .12, name made into the handle .01 to .13, the rest
/// .02 and less. Half or twice a share moves a weight by .3.
enum IdentityWeights {
  /// Sorts of agreement, strongest first. The number is the sort's code in a level.
  enum Sort: Int, CaseIterable {
    case address, fullName, handle, nameSpelling, nickname, initials, handleVariant, nameInHandle,
      partInHandle
    case fewWords, domain, nothing, contradiction

    /// What it is called in reports.
    var name: String {
      switch self {
      case .address: "same e-mail address"
      case .fullName: "same full name"
      case .handle: "same handle"
      case .nameSpelling: "full name, spelt otherwise"
      case .nickname: "nickname or short form, and family name"
      case .initials: "initial and family name"
      case .handleVariant: "handle, varied"
      case .nameInHandle: "name made into the handle"
      case .partInHandle: "part of the name in the handle"
      case .fewWords: "some words of the name"
      case .domain: "same domain of few people"
      case .nothing: "nothing in common"
      case .contradiction: "another name"
      }
    }

    /// The share of pairs of one person whose strongest agreement is of this sort.
    var share: Double {
      switch self {
      case .address: 0.3
      case .fullName: 0.6
      case .handle: 0.2
      case .nameSpelling: 0.1
      case .nickname: 0.08
      case .initials: 0.06
      case .handleVariant: 0.06
      case .nameInHandle: 0.15
      case .partInHandle: 0.06
      case .fewWords: 0.05
      case .domain: 0.2
      case .nothing, .contradiction: 0.02
      }
    }
  }

  /// log10 of the likelihood ratio of pairs whose names differ in all words, and in some.
  static let otherName = -2.2
  static let otherWord = -1.4
  /// Of two of a line of namesakes that are said to be different ones.
  static let otherGeneration = -1.6
  /// What another name is worth beside one and the same e-mail address.
  static let otherNameAtAddress = -0.4
  /// Pairs that have nothing in common and do not contradict each other.
  static let nothing = -0.05
  /// Share of the weaker agreement that counts beside the stronger: half is said by the first.
  static let echo = 0.4
  /// The same for a handle that is made of the names that agree already.
  static let nameEcho = 0.2
  /// The most that one domain adds.
  static let domainLimit = 1.5
  /// Strangers per person who have one address, where nothing says that several use it.
  static let sharedAddress = 0.003

  /// Of people with one handle, those whose machines have one name as well.
  static let machineShare = 0.2

  /// The probability that a merge needs. On tables of some thousand real identities even odds do as well; among 300,000
  /// generated ones with namesakes they let .52 of the pairs be right, this .8.
  static let probabilityToMerge = 0.75

  /// Levels of one sort lie this far apart, in log10 of the likelihood ratio.
  static let step = 0.4

  /// The weight of the lowest bucket; the highest is 100 times what makes a pair of a table of that many records sure.
  static func lowest(records: Double) -> Double {
    log10(max(records, 10)) + 2.5 - Double(Level.buckets - 1) * step
  }

  /// The level of a weight.
  static func level(_ sort: Sort, _ weight: Double, lowest: Double) -> UInt8 {
    let bucket = min(max(Int(((weight - lowest) / step).rounded()), 0), Level.buckets - 1)
    return UInt8(truncatingIfNeeded: 2 + sort.rawValue * Level.buckets + bucket)
  }

  /// By level, its weight.
  static func weights(records: Double) -> [Float] {
    let lowest = lowest(records: records)
    return (0..<Level.count).map { level in
      if level < 2 { return 0 }
      let (sort, bucket) = (Level.code(level), (level - 2) % Level.buckets)
      switch Sort(rawValue: sort) {
      case .nothing: return Float(nothing)
      case .contradiction: return Float(-Double(bucket) * contradictionStep)
      case nil: return 0
      default: return Float(lowest + Double(bucket) * step)
      }
    }
  }

  static let contradictionStep = 0.2

  /// The level of a weight below zero.
  static func contradiction(_ weight: Double) -> UInt8 {
    let bucket = min(max(Int((-weight / contradictionStep).rounded()), 0), Level.buckets - 1)
    return UInt8(truncatingIfNeeded: 2 + Sort.contradiction.rawValue * Level.buckets + bucket)
  }
}
