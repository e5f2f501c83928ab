/// Words in one buffer, picked by number and copied as bytes.
struct WordTable: Sendable {
  private let bytes: [UInt8]
  private let ends: [Int]

  init(_ words: [String]) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for word in words {
      bytes.append(contentsOf: word.utf8)
      ends.append(bytes.count)
    }
    self.bytes = bytes
    self.ends = ends
  }

  var count: Int { ends.count }

  /// Lends the bytes of a word; the number is taken modulo the count.
  @inline(__always)
  func withWord<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let index = number % ends.count
    let start = index == 0 ? 0 : ends[index - 1]
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<ends[index]])) }
  }

  /// A word's number from the low 32 bits of a draw: the product of two uniform draws leans to the front of the
  /// table, where the common words are.
  @inline(__always)
  func leaning(_ draw: UInt64) -> Int {
    let product = ((draw & 0xffff) * ((draw >> 16) & 0xffff)) >> 16
    return (Int(product) * ends.count) >> 16
  }

  func append(_ number: Int, to sink: ByteSink) {
    withWord(number) { if let base = $0.baseAddress { sink.append(base, $0.count) } }
  }

  func append(_ number: Int, to text: inout [UInt8]) {
    withWord(number) { text.append(contentsOf: $0) }
  }

  /// Common English words, the most frequent first.
  static let common = WordTable(
    """
    the to and a of i you in it that is was for on my me with have this be so but not at we do just are all they
    like what can get up out if one your about there when go no know time will he she her him them then now good
    day people see back would been think from got had an or by as has how want really more some who don't it's
    i'm much going here work home still need make last only even never too today over off down after right because
    well could love way thing things did say said life new been take come year man way also any which their our
    than into other two first where why most us his its week night never always someone something let please thank
    thanks hope great nice sure maybe again tomorrow morning evening friend friends house street bus train coffee
    tea rain weather game music film book phone message photo picture dog cat garden shop school office meeting
    holiday weekend dinner lunch breakfast mum dad brother sister boss team money job car road town city north
    south late early wrong true real best better worse bad hard easy ready happy sad tired busy free open closed
    long short big small old young little tell told ask asked call called send sent wait waiting walk walking drive
    talk talking listen watch watching read reading write writing play playing run running stop start leave stay
    keep find found lost left feel felt mean means try trying help believe remember forget happen happened change
    changed move moved turn turned show showed give gave buy bought pay paid
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
