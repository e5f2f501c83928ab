/// Taking what was stored through the rules once more.
extension DisclosureHistory {
  struct Broken: Error {
    let text: String
  }

  static func replay(
    _ entries: [DisclosureEntry], authority: Authority, rules: RuleSet, isEnhanced: Bool
  ) -> Result<DisclosureRecord, Broken> {
    var record = DisclosureRecord(authority: authority, rules: rules, isEnhanced: isEnhanced)
    for (place, entry) in entries.enumerated() {
      func broken(_ why: String) -> Result<DisclosureRecord, Broken> {
        .failure(Broken(text: "line \(place + 1) (\(entry.action)): \(why)"))
      }
      guard let content = entry.content else { return broken("its content was erased, or cannot be read") }
      guard content.event.action == entry.action, content.who.id == entry.who else {
        return broken("its content is that of another line")
      }
      if case .heldBack(let deferral, _, let confirmedAt) = content.event {
        guard place == 0 else { return broken("it only begins a record") }
        record = DisclosureRecord(
          heldBack: deferral, confirmedAt: confirmedAt, authority: authority, rules: rules,
          isEnhanced: isEnhanced, by: content.who, at: entry.time)
      } else {
        do throws(Refusal) {
          record = try record.taking(content.event, by: content.who, at: entry.time, content.circumstances)
            .record
        } catch { return broken("the rules refuse it: \(error)") }
      }
      guard record.state == entry.state else {
        return broken("it is stored as \(entry.state.rawValue), and leads to \(record.state.rawValue)")
      }
    }
    return .success(record)
  }
}
