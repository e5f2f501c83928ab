internal import AccountModel

/// What the readers of databases share: the copy, the way to its tables, and the account of what was lost.
struct DatabaseSource {
  private let copy: DatabaseCopy
  private let limits: ImportLimits

  init(_ options: ReaderOptions) throws {
    copy = try DatabaseCopy()
    limits = options.limits
  }

  /// Copies a member of the unit: the database, or what lies beside it.
  func take(_ input: MemberInput) throws { try copy.take(input) }

  /// Opens the copy when all members are taken, hands it to `body`, and says what is missing of it.
  ///
  /// - Throws: `ExportRefusal`.
  func read(into writer: RecordWriter, _ body: (OpenDatabase) throws -> Void) throws {
    guard let member = copy.member else {
      throw ExportRefusal(
        "no-database", what: "is no database, but what lay beside one",
        place: writer.members.first?.path ?? "",
        advice: "Give it together with its database.")
    }
    let cut = copy.mendCut()
    do {
      try copy.show()
      let database = try Database(copy: copy.path, size: copy.size, limits: limits)
      copy.hide()
      let opened = OpenDatabase(database, writer, member: member.number, folder: copy.folder, isCut: cut > 0)
      if cut > 0 {
        writer.setAside("database", .truncated, at: opened.whole, detail: "\(cut) bytes are missing")
      }
      switch copy.journal {
      case .none: break
      case .rolledBack:
        writer.note("\(member.path): a change was never finished; it is read as it was before the change")
      case .leftOut:
        writer.setAside(
          "journal", .unfinished, at: opened.whole,
          detail: "names another file and was left out: what it would put back is missing")
      }
      try body(opened)
      takeLog(database, opened)
    } catch let error as DatabaseError {
      throw error.refusal(of: member.path)
    }
  }

  /// Pages of the log that were not used: of a change that was not finished, or behind damage.
  private func takeLog(_ database: Database, _ opened: OpenDatabase) {
    guard let log = copy.log else { return }
    guard log.isLog else {
      return opened.writer.setAside("log", .malformed, at: opened.whole, detail: "is no log of a database")
    }
    let unused = log.pages - min(database.takeLog() ?? 0, log.pages)
    if unused > 0 {
      opened.writer.setAside("log-page", .unfinished, at: opened.whole, detail: "", count: unused)
    }
  }
}

extension SetAsideReason {
  /// Rows on pages that cannot be read.
  static let damaged = Self("damaged", "lies in a part of the database that is damaged", isFault: true)
  /// What SQLite takes no notice of in a log or journal.
  static let unfinished = Self(
    "unfinished", "belongs to a change that was not finished, or is damaged", isFault: true)
}
