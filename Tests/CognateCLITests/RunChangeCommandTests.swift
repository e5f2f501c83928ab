import Foundation
import TestSupport
import Testing

/// Commands that show the last run say on standard error what was done since, and in a field of their JSON.
@Suite struct RunChangeCommandTests {
  @Test func whatIsStaleIsSaid() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let lines = """
      {"id":"1","platform":"x","handle":"grim.reefer","emails":["g@example.org"]}
      {"id":"2","platform":"telegram","handle":"quiet_otter_77","emails":["g@example.org"]}
      {"id":"3","platform":"instagram","handle":"stranger_danger"}

      """
    let file = try scratch.write(lines, to: "a.ndjson")
    #expect(try CommandRun("import", place, file.path).status == 0)
    #expect(try CommandRun("link", place, "--no-style").status == 0)
    let shown = [["clusters", place], ["how", place, "C1"], ["why", place, "A1", "A2"]]
    let lists = [["accounts", place], ["accounts", place, "A1"]]
    for command in shown + lists { #expect(try CommandRun(command).errors.isEmpty) }
    let fresh = scratch.url.appendingPathComponent("fresh.csv").path
    #expect(try CommandRun("export", place, "--format", "csv", fresh).status == 0)
    #expect(try !String(contentsOfFile: fresh, encoding: .utf8).contains("since"))
    for command in shown {
      #expect(try !CommandRun(command + ["--json"]).output.contains("changed_since_run"))
    }
    #expect(try CommandRun("judge", place, "A1", "A3", "same", "--reason", "admitted").status == 0)
    let out = scratch.url.appendingPathComponent("out.csv").path
    for command in shown + [["export", place, "--format", "csv", out]] {
      let outcome = try CommandRun(command + ["--json"])
      #expect(
        outcome.status == 0
          && outcome.output.contains(
            #""changed_since_run":[{"action":"judge","statement":"A1 and A3 were judged same","subjects":["A1","A3"]}]"#
          ), "\(outcome.all)")
      #expect(
        outcome.errors.contains("since then A1 and A3 were judged same. Run `cognate link` again."),
        "\(outcome.all)")
    }
    #expect(
      try String(contentsOfFile: out, encoding: .utf8).contains(
        "Linking is older than the case: since then A1 and A3 were judged same."))
    for command in lists {
      let errors = try CommandRun(command).errors
      #expect(
        errors.contains("the clusters are of the last run, and since then A1 and A3 were judged same."),
        "\(errors)")
    }
    // An account that stands alone has no cluster to be wrong about.
    #expect(try CommandRun("accounts", place, "A3").errors.isEmpty)
    #expect(try CommandRun("judge", place, "A1", "A2", "different", "--reason", "seen").status == 0)
    let refused = try CommandRun("export", place, "--format", "csv", out + "2")
    #expect(refused.status == 1 && refused.errors.contains("A1 and A2 of C1"), "\(refused.all)")
    // Why two are apart is said in words, as on pages.
    #expect(try CommandRun("link", place, "--no-style").status == 0)
    let why = try CommandRun("why", place, "A1", "A2").output
    #expect(
      why.contains("Not joined: a human judged two of the accounts to have different controllers."), "\(why)")
  }
}
