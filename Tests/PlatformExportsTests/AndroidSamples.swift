/// Databases of text messages as Android makes them; all of it invented.
enum AndroidSamples {
  static let schema = """
    CREATE TABLE android_metadata (locale TEXT);
    CREATE TABLE pdu (_id INTEGER PRIMARY KEY AUTOINCREMENT, thread_id INTEGER, date INTEGER, msg_box INTEGER,
      m_type INTEGER, sub TEXT, sub_cs INTEGER);
    CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER);
    CREATE TABLE part (_id INTEGER PRIMARY KEY AUTOINCREMENT, mid INTEGER, seq INTEGER DEFAULT 0, ct TEXT,
      _data TEXT, text TEXT);
    CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER,
      date_sent INTEGER DEFAULT 0, type INTEGER, subject TEXT, body TEXT, seen INTEGER DEFAULT 0);
    CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT);
    CREATE TABLE threads (_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, recipient_ids TEXT);
    CREATE INDEX typeThreadIdIndex ON sms (type, thread_id);
    CREATE TRIGGER sms_update AFTER INSERT ON sms BEGIN UPDATE threads SET date = new.date
      WHERE threads._id = new.thread_id; END;
    INSERT INTO canonical_addresses (address) VALUES ('+447700900123'), ('+447700900456'), ('HMRC');
    INSERT INTO threads (recipient_ids) VALUES ('1'), ('2 1'), ('3');
    """

  static func database(_ sql: String = "") throws -> TestDatabase {
    try TestDatabase("mmssms.db", "PRAGMA page_size=512;" + sql + schema)
  }

  /// Adds a text message of type 1 (received) or another.
  static func add(
    _ to: TestDatabase, thread: Int64 = 1, _ address: TestDatabase.Value, date: Int64 = 1_700_000_000_123,
    type: Int64 = 1, subject: TestDatabase.Value = nil, _ body: TestDatabase.Value
  ) throws {
    try to.insert(
      "sms", "thread_id, address, date, type, subject, body", .integer(thread), address, .integer(date),
      .integer(type), subject, body)
  }

  /// Several hundred messages, more than fit on a page each hundred.
  static func long(_ sql: String = "", messages: Int = 300) throws -> TestDatabase {
    let made = try database(sql)
    try made.run("BEGIN")
    for number in 1...messages {
      let text = "message \(number) " + String(repeating: "x", count: number % 90)
      try add(
        made, number % 2 == 0 ? "+447700900123" : "07700 900123", date: 1_700_000_000_000 + Int64(number),
        type: number % 3 == 0 ? 2 : 1, .text(text))
    }
    try made.run("COMMIT")
    return made
  }
}
