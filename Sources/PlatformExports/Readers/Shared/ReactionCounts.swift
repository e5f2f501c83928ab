internal import AccountModel

extension RecordWriter {
  /// Sets the signs under a message aside, by their number, where its `reactions` are objects with a `count`.
  ///
  /// - Parameter sign: the sign of one, as far as it is written.
  func setAsideReactions(of message: JSONValue, at locator: Locator, sign: (JSONValue) -> JSONValue?) {
    message["reactions"]?.forEachElement { reaction in
      let count = reaction["count"]?.int64.flatMap { Int(exactly: $0) } ?? 1
      setAside("reaction", .reaction, at: locator, detail: sign(reaction)?.string ?? "", count: max(count, 1))
    }
  }
}
