extension CaseLog {
  /// Checks that somebody may read what the entries say: who they are once people are registered, and that a role of
  /// theirs reads the log. While nobody is registered anybody may.
  ///
  /// Nothing is written, so that a log that does not hold, or a copy that is read-only, is read as well.
  ///
  /// - Parameters:
  ///   - id: who they say they are; nil when they do not say.
  ///   - passphrase: asked for only when it is needed.
  /// - Throws: `PeopleFailure`; what `passphrase` throws.
  public func authorise(_ id: String?, passphrase: (String) throws -> [UInt8]) throws {
    let isOpen = try queue.read { database in
      // A case that is older than its people has none.
      let hasPeople = try database.tableExists("person")
      return try !hasPeople || !People.isAnybodyRegistered(database)
    }
    if isOpen { return }
    guard let id else { throw PeopleFailure.signInNeeded }
    let given = try passphrase(id)
    try queue.read { database in
      try People.authorise(.readLog, try People.signIn(id, passphrase: given, database), database)
    }
  }
}
