/// The readers that are built in, and which of them reads a member.
public enum ExportRegistry {
  /// Every reader; earlier ones win a tie.
  public static let readers: [any ExportReader.Type] = [
    TelegramJSONReader.self, MetaJSONReader.self, FacebookJSONReader.self, InstagramJSONReader.self,
    MetaHTMLReader.self, FacebookHTMLReader.self, InstagramHTMLReader.self, MetaRecordReader.self,
    TikTokJSONReader.self, SnapchatJSONReader.self, XArchiveReader.self,
    XReturnReader.self, DiscordPackageReader.self, DiscordChatReader.self, RedditCSVReader.self,
    SlackExportReader.self, WhatsAppText.self, SMSBackupReader.self, CellebriteXML.self,
    MboxReader.self, EmlReader.self, AccountsNDJSON.self, Table.self, SnapchatReturnReader.self,
    GoogleReturnReader.self, GoogleTakeoutReader.self, HingeJSONReader.self, TinderJSONReader.self,
    KikReturnReader.self, RobloxReturnReader.self, AndroidSMSReader.self, MessagesReader.self,
    WhatsAppDatabaseReader.self, KikDatabaseReader.self, MastodonArchiveReader.self,
    BlueskyRepositoryReader.self, TelegramHTMLReader.self, SkypeJSONReader.self, SkypeDatabaseReader.self,
    WhatsAppIOSReader.self, IRCLogReader.self, SignalTextReader.self, DiscordHTMLReader.self,
    DiscordCSVReader.self, DiscordTXTReader.self, CaseUCOReader.self, WorkbookReader.self,
    StackExchangeReader.self, MediaWikiReader.self, RedditDumpReader.self, LinkedInCSVReader.self,
  ]

  /// The formats that can be read, by id.
  public static var formats: [ExportFormat] { readers.map { $0.format }.sorted { $0.id < $1.id } }

  /// The options by which a format is read; none for a format that is not known.
  public static func options(of format: String) -> Set<ReadingOption> {
    readers.first { $0.format.id == format }?.options ?? []
  }

  /// The reader that recognises a member best, if any does; with `options.format`, only that reader is asked
  /// and it takes whatever it is given. A workbook is a table, too.
  public static func reader(for head: MemberHead) -> (any ExportReader.Type)? {
    if let wanted = head.options.format {
      if wanted == Table.format.id, head.workbook != nil { return WorkbookReader.self }
      return readers.first { $0.format.id == wanted }
    }
    if head.workbook != nil { return WorkbookReader.recognise(head) == .no ? nil : WorkbookReader.self }
    var best: (any ExportReader.Type)?
    var bestRecognition = Recognition.no
    for reader in readers {
      let recognition = reader.recognise(head)
      if recognition > bestRecognition {
        best = reader
        bestRecognition = recognition
      }
    }
    return best
  }
}
