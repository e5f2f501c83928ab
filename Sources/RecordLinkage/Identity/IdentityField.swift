import Glibc

/// Names, handles and e-mail addresses of two records, weighed together.
///
/// Used where a table has little else: what names, handles and addresses say of each other is then all there is to
/// know, and no other column could teach how much each is worth. The weight of a level is that of its sort of agreement
/// (`IdentityWeights`) and of how likely a stranger agrees as well (`IdentityRarity`).
final class IdentityField: ComparisonField, @unchecked Sendable {
  let name: String
  let index: IdentityIndex
  let codeNames = IdentityWeights.Sort.allCases.map(\.name)
  /// Its weights are given.
  let strongerCodes: [Int?] = IdentityWeights.Sort.allCases.map { _ in nil }
  let knownTotals = [Double](repeating: .nan, count: Level.count)
  let bucketShares = [Double](repeating: 1, count: Level.count)
  let nature = FieldNature.individual
  let surnameCodes = [IdentityWeights.Sort.handleVariant, .partInHandle, .fewWords].map(\.rawValue)
  let ownWeights: [Float]?
  private var names: [RowColumn]
  private var addresses: [RowColumn]
  private var handles: [RowColumn]
  private let lowest: Double
  private let logPersons: Double

  init(_ name: String, _ index: IdentityIndex, records: Int) {
    self.name = name
    self.index = index
    names = index.nameColumns.map { RowColumn($0) }
    addresses = index.addressColumns.map { RowColumn($0) }
    handles = index.handleColumns.map { RowColumn($0) }
    lowest = IdentityWeights.lowest(records: Double(records))
    logPersons = log10(index.rarity.persons)
    ownWeights = IdentityWeights.weights(records: Double(records))
  }

  var rowColumns: [RowColumn] { names + addresses + handles }

  func move(to matrix: RowMatrix) {
    names = names.map { matrix.view(of: $0) }
    addresses = addresses.map { matrix.view(of: $0) }
    handles = handles.map { matrix.view(of: $0) }
  }

  /// What a record shows, without doubles; in buffers that are filled anew for each.
  private struct Side {
    var names: [Int] = []
    var addresses: [Int] = []
    /// Handles; from `ownCount` on those that a domain's first label would be.
    var handles: [Int] = []
    var ownCount = 0
    var domains: [Int] = []

    var isEmpty: Bool { names.isEmpty && addresses.isEmpty && handles.isEmpty }
  }

  private func fill(_ side: inout Side, _ record: Int) {
    side.names.removeAll(keepingCapacity: true)
    side.addresses.removeAll(keepingCapacity: true)
    side.handles.removeAll(keepingCapacity: true)
    side.domains.removeAll(keepingCapacity: true)
    func add(_ handle: UInt32) {
      if handle != 0, !side.handles.contains(Int(handle)) { side.handles.append(Int(handle)) }
    }
    for column in names where column[record] != 0 {
      let name = Int(column[record])
      if !side.names.contains(name) { side.names.append(name) }
      add(index.handleOfName[name])
    }
    for column in handles { add(column[record]) }
    for column in addresses where column[record] != 0 {
      let address = Int(column[record])
      side.addresses.append(address)
      add(index.handleOfAddress[address])
      // Who writes from a role's address need not be of its domain: it tells of nobody.
      let domain = index.comparable[address] ? Int(index.domainOfAddress[address]) : 0
      if domain != 0, !side.domains.contains(domain) { side.domains.append(domain) }
    }
    side.ownCount = side.handles.count
    for domain in side.domains { add(index.handleOfDomain[domain]) }
  }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    var comparison = NameComparison(index)
    var inHandle = NameInHandle(index)
    var (left, right) = (Side(), Side())
    var filled = UInt32.max
    for place in 0..<batch.count {
      if batch.left[place] != filled {
        filled = batch.left[place]
        fill(&left, Int(filled))
      }
      fill(&right, Int(batch.right[place]))
      levels[place] =
        left.isEmpty || right.isEmpty
        ? Level.missing : level(left, right, &comparison, &inHandle, workspace)
    }
  }

  /// A sort of agreement and its weight.
  private struct Finding {
    var sort = IdentityWeights.Sort.nothing
    var weight = 0.0
    /// Whether it is made of names, and so no news beside them.
    var isOfNames = false

    mutating func take(_ sort: IdentityWeights.Sort, _ weight: Double, isOfNames: Bool = false) {
      if weight > self.weight { (self.sort, self.weight, self.isOfNames) = (sort, weight, isOfNames) }
    }
  }

  private func weight(_ sort: IdentityWeights.Sort, _ chance: Double) -> Double {
    // No agreement is rarer than one in fifty times all pairs of persons.
    log10(sort.share) - max(log10(max(chance, 1e-300)), -2 * logPersons - 1.7)
  }

  private func level(
    _ left: Side, _ right: Side, _ comparison: inout NameComparison, _ inHandle: inout NameInHandle,
    _ workspace: Workspace
  ) -> UInt8 {
    var named = Finding()
    var contradiction = 0.0
    var isNamed = false
    for one in left.names {
      for other in right.names {
        let relation =
          one == other && !index.isHandle[one]
          ? comparison.relation(one, one, workspace) : comparison.relation(one, other, workspace)
        switch relation.sort {
        case .nothing: break
        case .contradiction: contradiction = min(contradiction, relation.weight)
        default:
          isNamed = true
          named.take(relation.sort, weight(relation.sort, relation.chance))
        }
      }
    }
    if isNamed { contradiction = 0 }
    var isShared = false
    let address = addressFinding(left, right, &isShared)
    var handle = handleFinding(left, right, workspace)
    cross(left, right, &inHandle, workspace, &handle)
    cross(right, left, &inHandle, workspace, &handle)
    let domain = domainWeight(left, right)
    // A handle made of the name that both have says it again.
    let second = max(address.weight, handle.weight)
    let secondSort = address.weight >= handle.weight ? address.sort : handle.sort
    var best = named
    if second > named.weight { best = Finding(sort: secondSort, weight: second) }
    var total = best.weight
    if named.weight > 0, second > 0 {
      let isEcho = address.weight < handle.weight && handle.isOfNames
      total += (isEcho ? IdentityWeights.nameEcho : IdentityWeights.echo) * min(named.weight, second)
    }
    if contradiction < 0 {
      total += address.weight > 0 && !isShared ? IdentityWeights.otherNameAtAddress : contradiction
    } else if domain > 0 {
      total += address.weight > 0 ? 0 : domain
      if best.weight <= 0 { best.sort = .domain }
    }
    if total < 0 { return IdentityWeights.contradiction(total) }
    if best.weight <= 0, domain <= 0 { return IdentityWeights.level(.nothing, 0, lowest: lowest) }
    return IdentityWeights.level(best.sort, total, lowest: lowest)
  }

  private func addressFinding(_ left: Side, _ right: Side, _ isShared: inout Bool) -> Finding {
    var found = Finding()
    for one in left.addresses where index.comparable[one] && right.addresses.contains(one) {
      var chance = index.rarity.strangers(at: one) / index.rarity.persons
      if index.isMachine[one] {
        let handle = Int(index.squeezed[Int(index.handleOfAddress[one])])
        chance = max(chance, Double(index.rarity.handleChance[handle]) * IdentityWeights.machineShare)
      }
      if index.rarity.peopleAtAddress[one] > 2 { isShared = true }
      found.take(.address, weight(.address, chance))
    }
    return found
  }

  private func handleFinding(_ left: Side, _ right: Side, _ workspace: Workspace) -> Finding {
    var found = Finding()
    for (place, one) in left.handles.enumerated() {
      for (otherPlace, other) in right.handles.enumerated() {
        // Two domains say nothing of each other here.
        let ofDomain = (place >= left.ownCount ? 1 : 0) + (otherPlace >= right.ownCount ? 1 : 0)
        if ofDomain == 2 { continue }
        let (shape, otherShape) = (Int(index.squeezed[one]), Int(index.squeezed[other]))
        if shape == 0 || otherShape == 0 { continue }
        let chance = Double(index.rarity.handleChance[shape])
        let isOfNames = index.rarity.isMadeOfNames[shape] || index.rarity.isMadeOfNames[otherShape]
        if shape == otherShape {
          let sort: IdentityWeights.Sort = one == other && ofDomain == 0 ? .handle : .handleVariant
          found.take(sort, weight(sort, chance), isOfNames: isOfNames)
          continue
        }
        let otherChance = Double(index.rarity.handleChance[otherShape])
        let stem = Int(index.stem[one])
        if stem != 0, stem == Int(index.stem[other]), index.stems.length(stem) >= 4 {
          let stemChance = Double(index.rarity.stemChance[stem])
          found.take(
            .handleVariant, weight(.handleVariant, max(max(chance, otherChance) * 5, stemChance)),
            isOfNames: isOfNames)
          continue
        }
        let (text, otherText) = (index.squeezedTexts.text(shape), index.squeezedTexts.text(otherShape))
        if min(text.count, otherText.count) >= 7, abs(text.count - otherText.count) <= 1,
          DamerauLevenshtein.isWithinOne(text, otherText)
        {
          found.take(
            .handleVariant, weight(.handleVariant, max(chance, otherChance) * 10), isOfNames: isOfNames)
        }
      }
    }
    return found
  }

  /// Names of one side in the handles of the other.
  private func cross(
    _ named: Side, _ bare: Side, _ inHandle: inout NameInHandle, _ workspace: Workspace,
    _ found: inout Finding
  ) {
    for name in named.names where !index.isHandle[name] {
      for handle in bare.handles {
        let relation = inHandle.relation(name, handle, workspace)
        if relation.sort != .nothing {
          found.take(relation.sort, weight(relation.sort, relation.chance), isOfNames: true)
        }
      }
    }
  }

  private func domainWeight(_ left: Side, _ right: Side) -> Double {
    var best = 0.0
    for domain in left.domains where right.domains.contains(domain) {
      let people = Double(index.rarity.peopleAtDomain[domain])
      let weight = log10(IdentityWeights.Sort.domain.share * index.rarity.persons / (people + 2))
      best = max(best, min(weight, IdentityWeights.domainLimit))
    }
    return best
  }
}
