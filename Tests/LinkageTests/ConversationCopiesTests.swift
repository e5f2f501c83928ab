import AccountModel
import Linkage
import TestSupport
import Testing

@Suite("Copies of one conversation in several sources")
struct ConversationCopiesTests {
  /// Chats of two sources: 0 and 1 write in the first, 2 and 3 in the second.
  private struct Chats {
    var writers = (0..<4).map {
      ConversationCopies.Writer(
        account: AccountNode(raw: UInt32($0)), conversation: $0 / 2, source: Int64($0 / 2))
    }
    var messages: [ConversationCopies.Message] = []

    mutating func add(
      _ words: UInt64, _ writer: Int, at seconds: Int64, zone: ZoneKnowledge = .known,
      precision: TimePrecision = .second
    ) {
      messages.append(
        .init(
          words: words,
          time: ObservedTime(microseconds: seconds * 1_000_000, zone: zone, precision: precision),
          writer: writer, reference: Int64(messages.count)))
    }

    var compared: ConversationCopies { ConversationCopies(writers: writers, messages: messages) }
  }

  /// A chat of which both sources have `count` messages, written in turn, one every so many seconds.
  private func chats(
    _ count: Int, every step: Int64 = 300, later seconds: Int64 = 0, zone: ZoneKnowledge = .known
  ) -> Chats {
    var chats = Chats()
    for number in 0..<count {
      let time = 1_800_000_000 + Int64(number) * step
      chats.add(UInt64(number), number % 2, at: time)
      chats.add(UInt64(number), 2 + number % 2, at: time + seconds, zone: zone)
    }
    return chats
  }

  @Test("Both authors are told, and the two conversations are one")
  func twoCopies() {
    let found = chats(12, later: 20).compared
    #expect(found.originals[0] == found.originals[1])
    #expect(found.authors.map { [$0.left.raw, $0.right.raw] } == [[0, 2], [1, 3]])
    #expect(found.authors.map(\.messages) == [6, 6])
    #expect(found.authors[0].references == [0, 1])
    // Who wrote to whom, across the sources.
    #expect(found.correspondences.map { [$0.left.raw, $0.right.raw] } == [[0, 3], [1, 2]])
    #expect(found.correspondences.allSatisfy { $0.messages == 12 })
    var ofGroup = chats(12)
    ofGroup.writers[3].isOfGroup = true
    #expect(ofGroup.compared.authors.count == 2 && ofGroup.compared.correspondences.isEmpty)
  }

  @Test("What stands in two exports of one telephone counts once")
  func twoExports() {
    var chats = chats(6)
    // A third source has what the second has, from the same accounts.
    for writer in 2...3 {
      chats.writers.append(.init(account: AccountNode(raw: UInt32(writer)), conversation: 2, source: 2))
    }
    for message in chats.messages where message.writer > 1 {
      chats.add(message.words, message.writer + 2, at: message.time.microseconds / 1_000_000)
    }
    let found = chats.compared
    #expect(found.authors.map { [$0.left.raw, $0.right.raw] } == [[0, 2], [1, 3]])
    #expect(found.authors.map(\.messages) == [3, 3] && found.authors[0].references == [0, 1])
    #expect(Set(found.originals).count == 1)
  }

  @Test("A clock without a zone may differ by whole quarters of an hour, an instant may not")
  func zones() {
    for hours: Int64 in [1, -5, 13] {
      #expect(chats(12, later: hours * 3600, zone: .unknown).compared.authors.count == 2)
      #expect(chats(12, later: hours * 3600, zone: .known).compared.authors.isEmpty)
    }
    #expect(chats(12, later: 20_700, zone: .unknown).compared.authors.count == 2)
    #expect(chats(12, later: 20_700 + 400, zone: .unknown).compared.authors.isEmpty)
    #expect(chats(12, later: 27 * 3600, zone: .unknown).compared.authors.isEmpty)
  }

  /// Two customers of one bot answer it alike, and within minutes; there is always a quarter of an hour that fits.
  @Test("What takes some minutes says less where clocks differ")
  func brief() {
    for (hours, step, isBrief): (Int64, Int64, Bool) in [(0, 20, false), (3, 20, true), (3, 300, false)] {
      let found = chats(12, every: step, later: hours * 3600, zone: .unknown).compared.authors
      #expect(found.map(\.messages) == [6, 6] && found.allSatisfy { $0.isBrief == isBrief })
    }
  }

  @Test("Summer time begins within a chat")
  func summerTime() {
    var chats = chats(12, zone: .unknown)
    for number in 0..<12 {
      let time = 1_900_000_000 + Int64(number) * 300
      chats.add(UInt64(100 + number), number % 2, at: time)
      chats.add(UInt64(100 + number), 2 + number % 2, at: time + 3600, zone: .unknown)
    }
    #expect(chats.compared.authors.map(\.messages) == [12, 12])
  }

  @Test("Who passes on to a friend what is written to them, as it comes, is not its author")
  func passedOn() {
    var chats = Chats()
    for number in 0..<40 {
      let time = 1_800_000_000 + Int64(number) * 300
      // 0 threatens 1, who copies each message to 3 within seconds, as account 2 of the other source.
      chats.add(UInt64(number), 0, at: time)
      chats.add(UInt64(number), 2, at: time + 15)
      chats.add(UInt64(1000 + number), 1, at: time + 100)
      chats.add(UInt64(2000 + number), 3, at: time + 100)
    }
    #expect(chats.compared.authors.isEmpty)
    #expect(chats.compared.originals == [0, 1])
  }

  /// Two groups get the same announcements, and one in each answers every one of them by one of four phrases.
  @Test("Who answers alike now and then is not one", arguments: [12, 64])
  func phrases(count: Int) {
    var chats = Chats()
    for number in 0..<count {
      let time = 1_800_000_000 + Int64(number) * 300
      for writer in [0, 2] { chats.add(UInt64(number), writer, at: time) }
      chats.add(UInt64(1000 + number % 4), 1, at: time + 20)
      chats.add(UInt64(1000 + number * 4 / count), 3, at: time + 30)
    }
    #expect(chats.compared.authors.isEmpty)
  }

  @Test("Two who repeat the same are not both its author")
  func repeatedByTwo() {
    var chats = Chats()
    for number in 0..<40 {
      let time = 1_800_000_000 + Int64(number) * 300
      // What 0 writes to 1, account 2 passes on to 3, who says it again.
      for writer in [0, 2, 3] { chats.add(UInt64(number), writer, at: time + Int64(writer) * 10) }
      chats.add(UInt64(1000 + number), 1, at: time + 100)
    }
    #expect(chats.compared.authors.isEmpty && chats.compared.correspondences.isEmpty)
    #expect(chats.compared.originals == [0, 1])
  }

  @Test("A bot that repeats all is nobody of them")
  func bridge() {
    var chats = chats(12)
    for number in 0..<12 {
      let time = 1_800_000_000 + Int64(number) * 300
      chats.messages.removeAll { $0.writer > 1 && $0.words == UInt64(number) }
      chats.add(UInt64(number), 2, at: time)
      chats.add(UInt64(500 + number), 3, at: time)
    }
    #expect(chats.compared.authors.isEmpty)
  }

  @Test("Few messages, and few of many, say nothing")
  func few() {
    #expect(chats(4).compared.authors.isEmpty)
    #expect(chats(6).compared.authors.count == 2)
    var chats = chats(12)
    for number in 0..<8 { chats.add(UInt64(900 + number), 2, at: 1_800_000_000 + Int64(number) * 390) }
    // Six of fourteen that one wrote in that time.
    #expect(chats.compared.authors.isEmpty)
  }

  @Test("What many write is no sign")
  func commonWords() {
    var chats = chats(12)
    for number in 0..<20 {
      chats.writers.append(
        .init(account: AccountNode(raw: UInt32(4 + number)), conversation: 2 + number, source: 9))
      for words in 0..<12 { chats.add(UInt64(words), 4 + number, at: 1_700_000_000) }
    }
    #expect(chats.compared.authors.isEmpty)
  }

  @Test("Conversations of one source are not compared")
  func oneSource() {
    var chats = chats(12)
    for place in chats.writers.indices { chats.writers[place].source = 0 }
    #expect(chats.compared.authors.isEmpty)
  }

  @Test("The order of messages changes nothing")
  func order() {
    let chats = chats(30, later: 7)
    let first = chats.compared
    for seed in 1...5 {
      var other = chats
      var generator = SplitMix(seed: UInt64(seed))
      other.messages.shuffle(using: &generator)
      #expect(other.compared.authors.map(\.references) == first.authors.map(\.references))
      #expect(other.compared.authors.map(\.messages) == first.authors.map(\.messages))
    }
  }

  @Test("It joins the two accounts, and says what it is")
  func weight() throws {
    var maker = InputMaker()
    _ = maker.account(.whatsapp)
    maker.bystanders(29)
    maker.input.copies = [
      .init(left: AccountNode(raw: 0), right: AccountNode(raw: 1), messages: 40, references: [4, 7]),
      .init(left: AccountNode(raw: 2), right: AccountNode(raw: 3), messages: 3, references: [5, 8]),
      .init(
        left: AccountNode(raw: 4), right: AccountNode(raw: 5), messages: 9, references: [6, 9], isBrief: true),
    ]
    let run = maker.run()
    #expect(run.pairs.map(\.log10LR) == [3.95, 2.95, 2.95])
    #expect(run.pairs[2].items[0].statement.contains("within a quarter of an hour, by clocks that differ"))
    let item = try #require(run.pairs.first?.items.first)
    #expect(item.family == .sharedMessage && item.rule == "same-conversation" && item.refersToRecords)
    #expect(
      item.statement
        == "Two sources show the same conversation: 40 messages that the one gives to this account the other gives to that,"
        + " in the same words at the same times. A source that somebody edited or made up may be wrong in it."
    )
    let clusters = run.clustering.clusterOfAccount
    #expect(clusters[0] == clusters[1] && clusters[2] != clusters[3] && clusters[4] != clusters[5])
  }
}
