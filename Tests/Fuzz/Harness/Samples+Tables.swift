import CorpusKit

/// Tables of accounts.
extension Samples {
  static let tables: [Member] = [
    ("accounts-ndjson", "accounts.ndjson", lines),
    ("table", "logins.csv", table),
    ("workbook", "sheet1.xml", sheet),
  ]

  private static let lines = #"""
    {"id":"a1","platform":"x","handle":"one_handle","name":"One","emails":["g@example.org"],"phones":["+447700900123"],"ips":[{"ip":"192.0.2.1:443","time":"2026-01-01T10:00:00Z"}],"posts":[{"text":"hi","time":"2026-01-01T10:00:00Z"}]}
    {"id":"a2","platform":"telegram","handle":"two","bio":"me @one_handle"}

    """#

  private static let sheet = """
    <worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>Sign-ins</t></is></c></row>
    <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>
    <row r="4" hidden="1"><c r="A4"><v>4.47E+11</v></c><c r="B4" s="1"><v>45335.37</v></c><c r="C4" t="str"><f>A1</f><v>192.0.2.1</v></c></row>
    <row><c><v>12345678901234567</v></c><c t="inlineStr"><is><r><t>25/12/2025 10:00:00</t></r><rPh><t>x</t></rPh></is></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>
    <row><c><v>7</v></c><c t="d"><v>2025-12-25T10:00:00</v></c><c t="inlineStr"><is><t>_x0041_</t></is></c><c s="2"><v>1.5</v></c></row>
    </sheetData><mergeCells><mergeCell ref="A4:A5"/></mergeCells></worksheet>
    """

  private static let table = """
    Member ID,Date,IP,Port,E-mail
    7,25/12/2025 10:00:00,192.0.2.1,443,a@example.org
    "8","26/12/2025 10:00:00","2001:db8::1",,"b ""c"" d"

    """

  /// A workbook around the part of its only sheet.
  static func workbook(sheet: [UInt8]) throws -> [UInt8] {
    let parts = [
      (
        "[Content_Types].xml",
        "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" id=\"1\"/></sheets></workbook>"),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"sheet1.xml\"/><Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"texts.xml\"/><Relationship Id=\"3\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      (
        "xl/texts.xml",
        "<sst><si><t>Member ID</t></si><si><t>Date</t></si><si><r><t>I</t></r><r><t>P</t></r></si><si><t>Port</t></si></sst>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
      ),
    ].map { (name: $0.0, bytes: Array($0.1.utf8)) }
    return try zipFile(parts + [(name: "xl/sheet1.xml", bytes: sheet)])
  }
}
