internal import AccountModel
internal import Columns

/// Who takes part in the threads of a download.
///
/// Meta names people by display name alone, and two people may have one name. Each name is therefore an account
/// of its thread at first; which of them are one account is settled once all threads were read.
struct MetaParticipants {
  private struct Participant {
    let account: AccountIndex
    let thread: UInt32
    let locator: Locator
  }

  private struct Thread {
    let label: String
    /// How many take part by the list of participants, which has the deleted ones too.
    var listed = 0
    /// How many names take part or write; who left is in no list.
    var names = 0
    /// Whether one of the two is the owner of the download, who may be missing from the list.
    var isOfTwo: Bool { max(listed, names) <= 2 }
  }

  private var participants: [Participant] = []
  private var threads: [Thread] = []
  private var threadOfLabel: [String: UInt32] = [:]
  /// The number of a thread in four bytes, and a name: a participant's token is its position in the list.
  private var keys = Interner()
  private var names = Interner()
  private var key: [UInt8] = []

  /// Whether nobody takes part in any thread.
  var isEmpty: Bool { participants.isEmpty }

  /// The number of the thread with this label.
  mutating func thread(_ label: String) -> UInt32 {
    if let known = threadOfLabel[label] { return known }
    let number = UInt32(threads.count)
    threads.append(Thread(label: label))
    threadOfLabel[label] = number
    return number
  }

  /// Takes note of how many participants a thread lists.
  mutating func list(_ count: Int, in thread: UInt32) {
    threads[Int(thread)].listed = max(threads[Int(thread)].listed, count)
  }

  /// The account of a name in a thread, made at its first mention; the name is an identifier of the first
  /// account that has it.
  mutating func account(
    _ name: UnsafeBufferPointer<UInt8>, in thread: UInt32, _ platform: Platform, role: AccountRole,
    at locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    key.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: thread.littleEndian) { key.append(contentsOf: $0) }
    key.append(contentsOf: name)
    let position = Int(key.withUnsafeBufferPointer { keys.intern($0) }.raw)
    if position < participants.count {
      let account = participants[position].account
      writer.raise(account, to: role)
      return account
    }
    threads[Int(thread)].names += 1
    let account = writer.unnamedAccount(platform, role: role, at: locator)
    participants.append(Participant(account: account, thread: thread, locator: locator))
    let known = names.count
    if Int(names.intern(name).raw) == known {
      try writer.identifier(account, .displayName, value: name, assertion: .user, at: locator)
    }
    return account
  }

  /// The first account that a name has.
  func first(_ name: String) -> (account: AccountIndex, locator: Locator)? {
    participants.indices.first { self.name(of: $0) == name }.map {
      (participants[$0].account, participants[$0].locator)
    }
  }

  /// Gives every account its key.
  ///
  /// A name is one account in all threads, unless it is the other side of several threads of two: then nothing
  /// says that these are one person, nor which of them writes in a group, and it is an account in each thread.
  ///
  /// - Parameter owners: names of the owner, who takes part in all threads; where none is known, the name that
  ///   takes part in more threads of two than any other, and in most, is passed over like one.
  mutating func settle(owners: Set<String>, _ platform: Platform, into writer: RecordWriter) throws {
    var threadsOfTwo: [String: Int] = [:]
    for position in participants.indices where threads[Int(participants[position].thread)].isOfTwo {
      threadsOfTwo[name(of: position), default: 0] += 1
    }
    let several = threadsOfTwo.filter { $0.value > 1 && !owners.contains($0.key) }
    let likelyOwner = owners.isEmpty ? mostFrequent() : nil
    let shared = several.filter { $0.key != likelyOwner }
    var isNoted: Set<String> = []
    for position in participants.indices {
      let participant = participants[position]
      let name = name(of: position)
      guard let count = shared[name] else {
        writer.key(
          participant.account, AccountKey(platform: platform, kind: .displayName, scope: .source, value: name)
        )
        continue
      }
      let thread = threads[Int(participant.thread)].label
      writer.key(
        participant.account,
        AccountKey(platform: platform, kind: .platformID, scope: .source, value: "\(thread): \(name)"))
      if isNoted.insert(name).inserted {
        writer.note(
          "\(name.debugDescription) is the other side of \(count) threads of two, which nothing shows to be one "
            + "person: it is an account in each thread")
      } else {
        try writer.identifier(
          participant.account, .displayName, name, assertion: .user, at: participant.locator)
      }
    }
  }

  /// The one name that takes part in more threads of two than any other, and in more than half of them.
  /// Threads that show one name alone may lack the owner, and say nothing.
  private func mostFrequent() -> String? {
    let isPair = threads.map { $0.isOfTwo && $0.names == 2 }
    var count: [String: Int] = [:]
    for position in participants.indices where isPair[Int(participants[position].thread)] {
      count[name(of: position), default: 0] += 1
    }
    guard let most = count.values.max(), most * 2 > isPair.count(where: { $0 }) else { return nil }
    let names = count.filter { $0.value == most }
    return names.count == 1 ? names.first?.key : nil
  }

  private func name(of position: Int) -> String {
    keys.withBytes(TokenID(raw: UInt32(position))) { String(decoding: $0.dropFirst(4), as: UTF8.self) }
  }
}
