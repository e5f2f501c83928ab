import Crypto
import Foundation
import TestSupport
import Testing

/// `cognate clusters --report`, as it is typed.
@Suite struct ClusterPageTests {
  /// A case with a cluster of three, an impostor, something held and something next below the threshold.
  private func linked(_ scratch: ScratchFolder) throws {
    func run(_ arguments: String...) throws {
      let outcome = try CommandRun(arguments, in: scratch.url)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    _ = try scratch.write(
      """
      {"id":"1","platform":"x","handle":"grim.reefer","name":"<b>Grim</b>","emails":["g@example.org"],"phones":["+447700900123"]}
      {"id":"2","platform":"telegram","handle":"quiet_otter_77","name":"left \\u202egnikat","emails":["g@example.org"],"ips":[{"ip":"192.0.2.7","port":50001,"at":"2026-01-01T10:00:00Z"}]}
      {"id":"3","platform":"instagram","handle":"gr1m.reefer","name":"zoë","phones":["+447700900123"],"posts":[{"at":"2026-01-02T10:00:00Z","text":"one"},{"at":"2026-02-02T11:30:00Z","text":"two"}]}
      {"id":"4","platform":"facebook","handle":"sian.whitlock","name":"Siân Whitlock","phones":["+447700900124"]}
      {"id":"5","platform":"snapchat","handle":"s1an.whitlock","name":"Siân Whitlock","phones":["07700 900124"]}
      {"id":"6","platform":"tiktok","handle":"pale_heron_52","name":"Heron","ips":[{"ip":"192.0.2.7","at":"2026-01-09T10:00:00Z"}]}
      {"id":"7","platform":"x","handle":"far.away","name":"Far","emails":["f@example.org"]}

      """, to: "accounts.ndjson")
    try run(
      "new", "t.cognate", "--mode", "charity", "--basis", "consent", "--purpose", "stalking", "--reference",
      "R/1 <&>", "--owner", "A", "--reviewer", "R", "--review-by", "2027-01-31", "--dpia", "D/7")
    try run("import", "t.cognate", "accounts.ndjson", "--protect", "facebook:sian.whitlock")
    try run("judge", "t.cognate", "A1", "A3", "same", "--reason", "one \"SIM\"")
    try run("judge", "t.cognate", "A2", "A7", "different", "--reason", "seen at once")
    try run("link", "t.cognate", "--no-style")
  }

  /// Alerts are in no cluster, so that who lists clusters is told of them.
  @Test(arguments: [[], ["C1"], ["--json"]])
  func alertsAreToldBesideClusters(_ more: [String]) throws {
    let scratch = try ScratchFolder()
    try linked(scratch)
    let list = try CommandRun(["clusters", "t.cognate"] + more, in: scratch.url)
    #expect(
      list.status == 0 && list.errors.contains("the last run raised 1 alert of protected accounts"),
      "\(list.all)")
  }

  @Test func page() throws {
    let scratch = try ScratchFolder()
    try linked(scratch)
    let outcome = try CommandRun(["clusters", "t.cognate", "--report", "page.html"], in: scratch.url)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.all)")
    let bytes = try Data(contentsOf: scratch.url.appendingPathComponent("page.html"))
    let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    #expect(outcome.output.contains("Wrote page.html: 1 of 1 cluster, 1 alert"), "\(outcome.output)")
    #expect(outcome.output.contains(hash))
    let log = try CommandRun(
      ["audit", "log", "t.cognate", "--action", "clusters.report", "--json"], in: scratch.url)
    #expect(log.output.contains(hash) && log.output.contains("page.html"), "\(log.all)")
    #expect(try CommandRun(["audit", "verify", "t.cognate"], in: scratch.url).status == 0)
    var text = String(decoding: bytes, as: UTF8.self)
    // What is of this machine, this day or this version.
    text = text.replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "TIME")
      .replacing(#/[0-9a-f]{64}/#, with: "HASH").replacing(
        #/cognate \d+\.\d+\.\d+, linkage \d+/#, with: "ENGINE")
    let expected = try GoldenFile.expected("clusters.html", for: text, beside: #filePath)
    #expect(text == expected, "clusters.html differs")
  }

  @Test func standardOutputAndJSON() throws {
    let scratch = try ScratchFolder()
    try linked(scratch)
    let outcome = try CommandRun(["clusters", "t.cognate", "C1", "--report", "/dev/stdout"], in: scratch.url)
    #expect(outcome.status == 0 && outcome.output.hasPrefix("<!doctype html>"), "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("</html>\n") && outcome.errors.contains("Wrote /dev/stdout"))
    let both = try CommandRun(
      ["clusters", "t.cognate", "--json", "--report", "/dev/stdout"], in: scratch.url)
    #expect(both.status == 2, "\(both.all)")
    let json = try CommandRun(["clusters", "t.cognate", "--json", "--report", "p.html"], in: scratch.url)
    let made = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(made?["shown"] as? Int == 1 && made?["sha256"] is String, "\(json.all)")
    let unknown = try CommandRun(["clusters", "t.cognate", "C9", "--report", "q.html"], in: scratch.url)
    #expect(unknown.status == 1 && unknown.errors.contains("C9"), "\(unknown.all)")
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/q.html"))
    let evidence = try CommandRun(["clusters", "t.cognate", "--report", "accounts.ndjson"], in: scratch.url)
    #expect(evidence.status == 1, "\(evidence.all)")
  }
}
