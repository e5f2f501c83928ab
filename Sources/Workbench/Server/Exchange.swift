import Foundation

/// A request as the workbench reads it, whichever library brought it.
package struct WorkbenchRequest: Sendable {
  /// `GET` or `POST`; others are refused.
  package var method: String
  /// The path as it was sent, percent-encoded, without the query.
  package var path: String
  /// The query as it was sent.
  package var query: String
  /// Those of `readHeaders` that it has, by name in small letters.
  package var headers: [String: String]
  /// What a form sent.
  package var body: [UInt8]
  /// The number of the user of this machine who sent it; nil where that is not known.
  package var user: UInt32?

  /// The headers that are looked at.
  static let readHeaders = ["cookie", "host", "origin", "sec-fetch-site"]

  /// Makes a request.
  package init(
    method: String, path: String, query: String = "", headers: [String: String] = [:], body: [UInt8] = [],
    user: UInt32? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.user = user
  }

  /// The segments of the path, decoded; nil when one is not in UTF-8.
  var segments: [String]? {
    var segments: [String] = []
    for part in path.split(separator: "/") {
      guard let text = String(part).removingPercentEncoding else { return nil }
      segments.append(text)
    }
    return segments
  }
}

/// What the workbench answers.
package struct WorkbenchResponse: Sendable {
  /// The status of HTTP.
  package var status: Int
  /// The headers, one value each.
  package var headers: [String: String]
  /// The page.
  package var body: String

  /// A page.
  init(_ html: String, status: Int = 200) {
    self.status = status
    headers = ["Content-Type": "text/html; charset=utf-8"]
    body = html
  }

  /// To another page, which is fetched anew (303).
  init(to address: String) {
    status = 303
    headers = ["Location": address]
    body = ""
  }

  /// Nothing, as for the picture that browsers ask for unasked.
  static let empty: WorkbenchResponse = {
    var response = WorkbenchResponse("", status: 204)
    response.headers = [:]
    return response
  }()
}

/// Fields of a query or of a form: `application/x-www-form-urlencoded`, as the URL standard reads it.
struct FormFields {
  private var values: [String: String] = [:]

  /// Reads fields. Of several of one name the first counts; what is not UTF-8 is replaced as the standard says.
  init(_ text: some StringProtocol) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(pair[0].utf8)
      if values[name] == nil { values[name] = pair.count > 1 ? Self.decoded(pair[1].utf8) : "" }
    }
  }

  /// A field with what stands around it cut off; nil when it is missing or empty.
  subscript(name: String) -> String? {
    let text = values[name]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    return text.isEmpty ? nil : text
  }

  /// A whole number that is not negative.
  func number(_ name: String) -> Int? { self[name].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 } }

  private static func decoded(_ text: some Sequence<UInt8>) -> String {
    let bytes = Array(text)
    var result: [UInt8] = []
    func value(_ byte: UInt8) -> UInt8? { UInt8(String(UnicodeScalar(byte)), radix: 16) }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x25, index + 2 < bytes.count, let high = value(bytes[index + 1]),
        let low = value(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        // A percent sign without two digits stands for itself, and what follows it is read as ever.
        result.append(byte == 0x2B ? 0x20 : byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
