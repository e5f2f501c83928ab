import Configuration

/// What the officer writes into a notice, as a file: only what the allow-list names, and the status always.
///
///     status = "suspected"               # or "charged", "convicted"
///     officer = "DC One, Digital Unit, quoting CR/123/26"
///     identity = "…"                     # each of these only if the decision names it
///     relationship = "…"
///     conditions = "…"
///     address = "…"
///     wrong = "…"                        # in a correction, with the officer and nothing else
public struct NoticeContent: Hashable, Sendable {
  /// How the person stands before the law.
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// Nobody is charged.
    case suspected
    /// No court has decided.
    case charged
    /// A court has.
    case convicted
  }

  /// What is wrong with a file of contents, or with a notice to be made.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String
  }

  /// Items that are written; the others come from the case.
  public static let written: [NoticeItem] = [.identity, .relationship, .conditions, .address]

  /// How the person stands before the law; only a correction says nothing of it.
  public let status: Status?
  /// Who can be asked, and how.
  public let officer: String
  /// What is told, by item.
  public let texts: [NoticeItem: String]
  /// What was wrong with an earlier notice.
  public let wrong: String?

  /// Reads TOML.
  ///
  /// - Throws: `Failure` for a key that is not known, a status that is missing, or a text that is blank.
  public init(toml text: String) throws(Failure) {
    let file: TOMLSection
    do { file = try TOMLSection(toml: text) } catch {
      throw Failure(description: "the contents of the notice are not TOML: \(error)")
    }
    let known = Self.written.map(\.rawValue) + ["status", "officer", "wrong"]
    for key in file.keys where !known.contains(key) {
      throw Failure(
        description: "\(key) has no place in a notice; it takes \(known.sorted().joined(separator: ", "))")
    }
    func string(_ key: String) throws(Failure) -> String? {
      if let text = try? file.text(key), !text.isBlank, text.utf8.count <= 4_000 { return text }
      if !file.keys.contains(key) { return nil }
      throw Failure(description: "\(key) is not a text of 1 to 4,000 bytes")
    }
    let word = try string("status")
    status = word.flatMap(Status.init)
    wrong = try string("wrong")
    if status == nil, word != nil || wrong == nil {
      throw Failure(
        description: "the status is missing: write status = \"suspected\", \"charged\" or \"convicted\"")
    }
    guard let officer = try string("officer") else {
      throw Failure(description: "officer is missing: who can be asked about the notice, and how")
    }
    var texts: [NoticeItem: String] = [:]
    for item in Self.written { texts[item] = try string(item.rawValue) }
    self.officer = officer
    self.texts = texts
  }
}

/// Whom a victim can turn to.
public struct SupportContacts: Hashable, Sendable {
  /// One of them.
  public struct Contact: Hashable, Sendable {
    /// Who.
    public let name: String
    /// What for, and how to reach them.
    public let how: String
  }

  /// Name and version of the list.
  public let version: String
  /// In the order of the file.
  public let contacts: [Contact]

  /// Reads TOML: `version`, and `[[contact]]` with `name` and `how`.
  ///
  /// - Throws: `NoticeContent.Failure`.
  public init(toml text: String) throws(NoticeContent.Failure) {
    let file: TOMLSection
    do { file = try TOMLSection(toml: text) } catch {
      throw NoticeContent.Failure(description: "the support contacts are not TOML: \(error)")
    }
    guard let version = try? file.text("version"), !version.isBlank else {
      throw NoticeContent.Failure(description: "the support contacts have no version; add version = \"…\"")
    }
    var found: [Contact] = []
    for entry in (try? file.sections("contact")) ?? [] {
      guard let name = try? entry.text("name"), let how = try? entry.text("how"), !name.isBlank, !how.isBlank
      else {
        throw NoticeContent.Failure(
          description: "contact \(found.count + 1) of the support contacts needs name and how")
      }
      found.append(Contact(name: name, how: how))
    }
    guard !found.isEmpty else {
      throw NoticeContent.Failure(description: "the support contacts name nobody; add [[contact]]")
    }
    self.version = version
    contacts = found
  }

  /// The contacts that come with this version, in general terms.
  ///
  /// - Throws: `NoticeContent.Failure`, for a build that was damaged.
  public static func general() throws(NoticeContent.Failure) -> SupportContacts {
    try SupportContacts(toml: String(decoding: PackageResources.support_toml, as: UTF8.self))
  }
}
