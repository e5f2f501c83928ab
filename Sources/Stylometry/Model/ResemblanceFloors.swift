/// How little the texts of a domain resemble the background, by their length: what resembles it less is of another kind.
///
/// The longer a text, the more of it the background knows. A floor for all lengths is that of the shortest texts, which
/// long ones of any kind reach.
public struct ResemblanceFloors: Sendable, Equatable {
  /// The floor from some length on.
  public struct Floor: Sendable, Equatable {
    /// Characters of a text, from here to the next floor.
    public var shortest: Int
    /// As `PreparedStyle.resemblance` says.
    public var resemblance: Double
  }

  /// Ascending by length, the first for all lengths.
  public let floors: [Floor]

  /// Texts of the domain that lie below a floor, but for its margin.
  static let share = 0.01
  /// A floor lies so far down from there: a domain's further texts differ more than those that calibrated it, and these are
  /// up to a fifth longer than where their lengths begin.
  static let margin = 0.8
  /// Lengths of fewer texts have no floor of their own.
  static let fewestTexts = 20

  /// Known floors; nil unless they ascend by length and the first is for all.
  init?(_ floors: [Floor]) {
    let ascends = zip(floors, floors.dropFirst()).allSatisfy { $0.shortest < $1.shortest }
    guard floors.first?.shortest == 0, ascends else { return nil }
    self.floors = floors
  }

  /// One floor for all lengths.
  init(ofAll resemblance: Double) { floors = [Floor(shortest: 0, resemblance: resemblance)] }

  /// From texts of the domain.
  init(of texts: [(length: Int, resemblance: Double)]) {
    func quantile(_ texts: [(length: Int, resemblance: Double)]) -> Double {
      StyleModel.quantile(texts.map { $0.resemblance }, Self.share)
    }
    let ofAll = Self.margin * quantile(texts)
    let starts = StyleCalibration.bucketStarts
    floors =
      [Floor(shortest: 0, resemblance: ofAll)]
      + starts.indices.compactMap { place -> Floor? in
        let end = place + 1 < starts.count ? starts[place + 1] : Int.max
        let inside = texts.filter { $0.length >= starts[place] && $0.length < end }
        if inside.count < Self.fewestTexts { return nil }
        return Floor(shortest: starts[place], resemblance: max(ofAll, Self.margin * quantile(inside)))
      }
  }

  /// The floor of texts of so many characters.
  public func floor(at length: Int) -> Double {
    floors.last { $0.shortest <= length }?.resemblance ?? 0
  }
}

extension ResemblanceFloors {
  init(_ numbers: inout Numbers) throws(StyleModelError) {
    var floors: [Floor] = []
    for _ in 0..<(try numbers.count()) {
      floors.append(Floor(shortest: try numbers.count(), resemblance: try numbers.next()))
    }
    guard let known = Self(floors) else { throw numbers.failure() }
    self = known
  }

  var numbers: [Double] {
    [Double(floors.count)] + floors.flatMap { [Double($0.shortest), $0.resemblance] }
  }
}
