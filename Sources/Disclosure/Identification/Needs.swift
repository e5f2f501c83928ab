extension StaffMember {
  func needs(_ role: Role) throws(Refusal) {
    guard roles.contains(role) else { throw .roleNeeded(role, who: id) }
  }

  func needsOne(of allowed: [Role]) throws(Refusal) {
    if roles.isDisjoint(with: allowed) { throw .oneRoleNeeded(allowed, who: id) }
  }
}

enum Missing {
  static let alert = "a look into the alert: the cluster reached an account of a victim or witness"

  /// Refuses a step when one of its texts is blank.
  static func check(to target: String, _ texts: [(text: String, name: String)]) throws(Refusal) {
    let missing = texts.filter { $0.text.isBlank }.map(\.name)
    if !missing.isEmpty { throw .missing(missing, to: target) }
  }
}

extension String {
  /// Whether there is nothing to read in it.
  var isBlank: Bool { allSatisfy { $0.isWhitespace || $0.isNewline } }
}
