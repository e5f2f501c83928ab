public import Foundation
import Glibc

/// A kind of generated corpus.
public enum CorpusKind: String, CaseIterable, Sendable {
  /// The demonstration case (`DemonstrationCase`); the number of accounts and the size are its own.
  case demonstration
  /// A table of accounts, `accounts.csv`, corrupted as data is; the truth is in its `cluster` column and in
  /// `truth.csv`.
  case accounts
  /// Accounts with posts, one a line, `posts.ndjson`, and `truth.csv`.
  case posts
  /// A backup of text and picture messages, `sms.xml`.
  case sms
  /// A police force's disclosures over three years, `histories.ndjson`, and `planted.json` (`ForceCorpus`).
  case force
}

/// A corpus cannot be made as asked.
public enum CorpusRequestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of accounts is outside what the kind supports.
  case accounts(Int, allowed: ClosedRange<Int>)
  /// The number of disclosures is outside what the kind supports.
  case disclosures(Int, allowed: ClosedRange<Int>)
  /// The size in bytes is below what the kind needs.
  case size(Int, least: Int)
  /// What is to be written is there already.
  case exists(String)

  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .accounts(let asked, let allowed):
      "\(asked) accounts cannot be generated: give \(allowed.lowerBound) to \(allowed.upperBound)"
    case .disclosures(let asked, let allowed):
      "\(asked) disclosures cannot be generated: give \(allowed.lowerBound) to \(allowed.upperBound)"
    case .size(let asked, let least): "a size of \(asked) bytes is too small: give at least \(least)"
    case .exists(let path): "\(path) exists already and is not replaced: choose another folder"
    }
  }
}

/// Generates a corpus into a folder, which is made if need be, and returns the names of the files written.
///
/// The bytes depend on the arguments alone. Files are streamed: memory is one buffer, and four bytes for each
/// account of a table. `size` is the size in bytes that `posts` and `sms` reach within one account or message;
/// the other kinds ignore it. Without it `posts` writes about 2,000 bytes an account, `sms` 64 MiB.
///
/// - Throws: `CorpusRequestError` for arguments out of range and for a file that is there already, `CorpusWriteError` or Foundation's error when a
///   file cannot be written.
public func generateCorpus(
  kind: CorpusKind, accounts: Int, seed: UInt64, size: Int?, disclosures: Int = 1_000, to folder: URL
) throws -> [String] {
  if kind == .demonstration {
    let made = try DemonstrationCase.generate(seed: seed)
    try made.write(to: folder)
    return made.files.map { "exports/" + $0.path } + ["truth.csv", "traps.json"]
  }
  if kind == .force {
    let allowed = 1...1_000_000
    guard allowed.contains(disclosures) else {
      throw CorpusRequestError.disclosures(disclosures, allowed: allowed)
    }
    return try ForceCorpus(disclosures: disclosures, seed: seed).write(to: folder)
  }
  let allowed = 1...200_000_000
  guard allowed.contains(accounts) else { throw CorpusRequestError.accounts(accounts, allowed: allowed) }
  if let size, size < 1_024, kind != .accounts { throw CorpusRequestError.size(size, least: 1_024) }
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  func file(_ name: String) -> URL { folder.appendingPathComponent(name) }
  switch kind {
  case .accounts:
    try refuseReplacing(["accounts.csv", "truth.csv"], in: folder)
    try writeAccountTable(rows: accounts, seed: seed, table: file("accounts.csv"), truth: file("truth.csv"))
    return ["accounts.csv", "truth.csv"]
  case .posts:
    try refuseReplacing(["posts.ndjson", "truth.csv"], in: folder)
    try writePostLines(
      accounts: accounts, seed: seed, size: size ?? accounts * 2_000, lines: file("posts.ndjson"),
      truth: file("truth.csv"))
    return ["posts.ndjson", "truth.csv"]
  case .sms:
    try refuseReplacing(["sms.xml"], in: folder)
    try writeMessageBackup(contacts: accounts, seed: seed, size: size ?? 1 << 26, file: file("sms.xml"))
    return ["sms.xml"]
  case .demonstration, .force: return []
  }
}

/// Refuses a folder in which a file or folder of one of the names is; a pipe or device is written to.
///
/// - Throws: `CorpusRequestError.exists`.
func refuseReplacing(_ names: [String], in folder: URL) throws(CorpusRequestError) {
  for name in names {
    let path = folder.appendingPathComponent(name).path
    var found = stat()
    guard stat(path, &found) == 0 else { continue }
    if [S_IFREG, S_IFDIR].contains(found.st_mode & S_IFMT) { throw .exists(path) }
  }
}

/// Which person holds which of `count` accounts, numbered from 0: runs of one to `most` accounts.
///
/// Four bytes an account.
struct HolderTable: Sendable {
  /// The person of each account.
  private(set) var holder: [UInt32]

  /// `again` is the chance that a person has one account more.
  init(count: Int, seed: UInt64, again: Double, most: Int) {
    holder = []
    holder.reserveCapacity(count)
    var random = SeededRandom(seed: seed)
    var person: UInt32 = 0
    while holder.count < count {
      var accounts = 1
      while accounts < most, random.chance(again) { accounts += 1 }
      for _ in 0..<min(accounts, count - holder.count) { holder.append(person) }
      person += 1
    }
  }
}
