/// Databases of Apple's Messages; all of it invented.
enum MessagesSamples {
  static let schema = """
    CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT);
    CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE, text TEXT,
      handle_id INTEGER DEFAULT 0, subject TEXT, attributedBody BLOB, service TEXT, account TEXT,
      error INTEGER DEFAULT 0, date INTEGER, is_from_me INTEGER DEFAULT 0, is_system_message INTEGER DEFAULT 0,
      cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, balloon_bundle_id TEXT,
      associated_message_type INTEGER DEFAULT 0, destination_caller_id TEXT, message_summary_info BLOB,
      date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0);
    CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, country TEXT,
      service TEXT NOT NULL, uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
    CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE, style INTEGER,
      chat_identifier TEXT, service_name TEXT, display_name TEXT);
    CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE (chat_id, handle_id));
    CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER,
      PRIMARY KEY (chat_id, message_id));
    CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER);
    CREATE TRIGGER after_delete AFTER DELETE ON message BEGIN SELECT delete_attachment_path(OLD.guid); END;
    CREATE INDEX message_idx_date ON message (date);
    INSERT INTO handle (id, service, uncanonicalized_id) VALUES
      ('+447700900123', 'iMessage', '07700 900123'), ('+447700900123', 'SMS', NULL),
      ('hilda@example.org', 'iMessage', NULL), ('60123(smsft_fi)', 'SMS', NULL), ('', 'SMS', '+447700900321');
    INSERT INTO chat (guid, style, chat_identifier, service_name, display_name) VALUES
      ('iMessage;-;+447700900123', 45, '+447700900123', 'iMessage', ''),
      ('iMessage;+;chat801', 43, 'chat801', 'iMessage', 'Snails'),
      ('SMS;-;+447700900123', 45, '+447700900123', 'SMS', NULL);
    INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 3), (3, 2);
    """

  /// 2023-11-14 22:13:20 UTC, in seconds since 2001.
  static let time: Int64 = 721_692_800

  static func database(_ sql: String = "") throws -> TestDatabase {
    try TestDatabase("chat.db", "PRAGMA page_size=512;" + sql + schema)
  }

  /// Adds a message, to a conversation unless that is 0.
  static func add(
    _ to: TestDatabase, chat: Int64 = 1, handle: Int64 = 1, fromMe: Bool = false,
    date: Int64 = time * 1_000_000_000, service: String = "iMessage", _ text: TestDatabase.Value,
    _ more: [(String, TestDatabase.Value)] = []
  ) throws {
    try to.insert(
      "message", "handle_id, is_from_me, date, service, text", .integer(handle), .integer(fromMe ? 1 : 0),
      .integer(date), .text(service), text)
    let id = try to.integer("SELECT max(ROWID) FROM message")
    for (column, value) in more { try to.set("message", column, value, id) }
    if chat > 0 { try to.insert("chat_message_join", "chat_id, message_id", .integer(chat), .integer(id)) }
  }

  /// An attributed string as `NSArchiver` writes it.
  static func archived(_ text: String, isMutable: Bool = false) -> TestDatabase.Value {
    func name(_ name: String) -> [UInt8] { [0x84, 0x84, UInt8(name.utf8.count)] + Array(name.utf8) }
    let bytes = Array(text.utf8)
    let length: [UInt8] =
      switch bytes.count {
      case 0...0x7F: [UInt8(bytes.count)]
      case 0...0xFFFF: [0x81, UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8)]
      default: [0x82] + (0..<4).map { UInt8(bytes.count >> ($0 * 8) & 0xFF) }
      }
    var made: [UInt8] =
      [0x04, 0x0B] + Array("streamtyped".utf8) + [0x81, 0xE8, 0x03, 0x84, 0x01, 0x40, 0x84]
    if isMutable {
      made += name("NSMutableAttributedString") + [0x00]
      made += name("NSAttributedString") + [0x00] + name("NSObject") + [0x00, 0x85, 0x92, 0x84]
      made += name("NSMutableString") + [0x01] + name("NSString") + [0x01, 0x95]
    } else {
      made += name("NSAttributedString") + [0x00] + name("NSObject") + [0x00, 0x85, 0x92, 0x84]
      made += name("NSString") + [0x01, 0x94]
    }
    made += [0x84, 0x01, 0x2B] + length + bytes
    return .blob(
      made + [0x86, 0x84, 0x02, 0x69, 0x49, 0x01, 0x05, 0x92, 0x84] + name("NSDictionary") + [0x00])
  }
}
