import AccountModel
import CaseFile
import Charts
public import Cognate
import Dispatch
import Foundation
import Linkage
import PlatformExports
public import Stylometry
import Synchronization

/// A case in a browser: what was found and why, and what a human decides about it. No script, nothing from any network.
///
/// Pages are made of what the library gives, by whoever opened the case, so that what they look at and do stands in the
/// log as if they had typed commands.
public final class Workbench: Sendable {
  /// By which model `link` is to compare how accounts write.
  public struct Writing: Sendable {
    /// The model; nil when texts are not to be compared.
    public var model: StyleModel?
    /// The domain that is proposed; that of the last run when nil.
    public var domain: String?

    /// Takes a model.
    public init(model: StyleModel?, domain: String? = nil) {
      self.model = model
      self.domain = domain
    }
  }

  let opened: Case
  let writing: Writing
  let threads: Int
  let gate: Gate
  let job = Job()
  /// What the next page says of what was done.
  private let notice = Mutex<String?>(nil)
  private let lastRequest = Mutex(ContinuousClock.now)
  /// The case is read and written by one request at a time.
  private let desk = Mutex(())
  /// That it is reached by.
  let port: UInt16

  /// Opens a workbench on a case.
  ///
  /// - Parameters:
  ///   - port: that it is reached by, which requests must name.
  ///   - threads: for `link`.
  public init(_ opened: Case, port: UInt16, writing: Writing, threads: Int = 1) {
    self.opened = opened
    self.writing = writing
    self.threads = threads
    self.port = port
    gate = Gate(port: port)
  }

  /// The path that opens it once; nil when it was opened.
  package var entrance: String? { gate.entrance }

  /// How long nobody has asked for anything, in seconds; work that is under way counts as somebody.
  var idleSeconds: TimeInterval {
    guard job.stage == nil else { return 0 }
    return (ContinuousClock.now - lastRequest.withLock { $0 }) / .seconds(1)
  }

  /// Answers a request.
  package func respond(to request: WorkbenchRequest) -> WorkbenchResponse {
    var response = desk.withLock { _ in answer(request) }
    for (name, value) in Self.headers { response.headers[name] = value }
    return response
  }

  /// What keeps a page to itself, whatever its text says: it loads and runs nothing, stands in no frame, sends forms
  /// only here and is kept by no cache.
  private static let headers = [
    "Content-Security-Policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
    // A form's origin would be withheld as well under a stricter one.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
  ]

  private func answer(_ request: WorkbenchRequest) -> WorkbenchResponse {
    do {
      try gate.checkAddress(request)
      guard let segments = request.segments else {
        throw Gate.Refusal(status: 400, reason: "The address is not in UTF-8.")
      }
      if segments == ["favicon.ico"] { return .empty }
      let query = FormFields(request.query)
      if segments == ["enter"], request.method == "GET" {
        return try entered(by: query["token"], request.user)
      }
      let form = request.method == "POST" ? FormFields(String(decoding: request.body, as: UTF8.self)) : nil
      try gate.check(request, form: form)
      lastRequest.withLock { $0 = .now }
      if let form { return try act(segments, form) }
      if let stage = job.stage { return JobPage.response(stage) }
      return try show(segments, query)
    } catch let refusal as Gate.Refusal {
      return ProblemPage.response(refusal.reason, status: refusal.status)
    } catch {
      return problem(error)
    }
  }

  /// A page that goes on by itself: a redirection after a link in another program would leave out the new cookie.
  private func entered(by token: String?, _ user: UInt32?) throws(Gate.Refusal) -> WorkbenchResponse {
    let cookie = try gate.enter(token, as: user)
    lastRequest.withLock { $0 = .now }
    var response = WorkbenchResponse(
      PageFrame.bare(
        title: "Cognate", refresh: "0; url=/", body: "<p><a href=\"/\">Open the case</a></p>\n"))
    response.headers["Set-Cookie"] = cookie
    return response
  }

  // MARK: - Pages

  private func show(_ segments: [String], _ query: FormFields) throws -> WorkbenchResponse {
    switch (segments.first, segments.count) {
    case (nil, _): try OverviewPage.response(self)
    case ("clusters", 2): try ClusterPages.response(self, cluster: segments[1])
    case ("accounts", 1): try AccountPages.list(self, query)
    case ("accounts", 2): try AccountPages.one(self, segments[1], from: query.number("from") ?? 0)
    case ("pairs", 3): try PairPage.response(self, segments[1], segments[2])
    case ("compare", 1):
      try PairPage.response(self, query["left"] ?? "", query["right"] ?? "")
    case ("sources", 1): try SourcesPage.response(self)
    case ("judgements", 1): try JudgementsPage.response(self)
    case ("disclosure", 1): try DisclosurePage.response(self)
    case ("log", 1): try LogPage.response(self, before: query.number("before"))
    case ("link", 1), ("import", 1): WorkbenchResponse(to: "/")
    default: ProblemPage.response("There is no such page.", status: 404)
    }
  }

  // MARK: - What a human decides

  private func act(_ segments: [String], _ form: FormFields) throws -> WorkbenchResponse {
    guard job.stage == nil else {
      throw Gate.Refusal(
        status: 409, reason: "The case is being worked on. Wait for that, then send it again.")
    }
    switch segments {
    case ["judge"]: return try judge(form)
    case ["undo"]:
      guard let number = form.number("judgement") else {
        throw Gate.Refusal(status: 400, reason: "The form names no judgement. Nothing was taken back.")
      }
      let undone = try opened.undo(Int64(number))
      tell(
        "Taken back: \(undone.left.label) and \(undone.right.label) judged \(undone.verdict.rawValue). Link the case again to apply it."
      )
      return WorkbenchResponse(to: "/judgements")
    case ["link"]: return try link(form)
    case ["import"]: return try takeIn(form)
    case ["verify"]: return try LogPage.verified(self)
    default: return ProblemPage.response("There is no such page.", status: 404)
    }
  }

  private func judge(_ form: FormFields) throws -> WorkbenchResponse {
    guard let left = form["left"], let right = form["right"] else {
      throw Gate.Refusal(status: 400, reason: "The form names no two accounts.")
    }
    guard let verdict = form["verdict"].flatMap(Judgement.init) else {
      throw Gate.Refusal(status: 400, reason: "Choose same, different or unsure. Nothing was recorded.")
    }
    guard let reason = form["reason"] else {
      throw Gate.Refusal(status: 400, reason: "A judgement needs a reason. Nothing was recorded.")
    }
    let judged = try opened.judge(left, right, verdict, reason: reason)
    tell(
      "Recorded: \(judged.left.label) and \(judged.right.label) judged \(verdict.rawValue). Link the case again to apply it."
    )
    return WorkbenchResponse(to: PageFrame.pair(judged.left.id, judged.right.id))
  }

  private func link(_ form: FormFields) throws -> WorkbenchResponse {
    var settings = LinkageSettings()
    guard let threshold = form["threshold"].flatMap(Double.init), threshold.isFinite, threshold > 0 else {
      throw Gate.Refusal(status: 400, reason: "The threshold is a number above 0. Nothing was linked.")
    }
    settings.threshold = threshold
    var compared: WritingModel?
    let choice = form["writing"] ?? ""
    if let model = writing.model, choice != OverviewPage.notCompared {
      let isWeighed = choice.hasPrefix(OverviewPage.inDomain)
      compared = try WritingModel(
        model, domain: isWeighed ? String(choice.dropFirst(OverviewPage.inDomain.count)) : nil)
    }
    let (opened, threads, chosen, writing) = (opened, threads, settings, compared)
    start("Linking the case") { progress in
      .linked(try opened.link(settings: chosen, writing: writing, threads: threads, progress: progress))
    }
    return WorkbenchResponse(to: "/")
  }

  private func takeIn(_ form: FormFields) throws -> WorkbenchResponse {
    let request: ImportRequest
    do {
      request = try SourcesPage.request(form)
    } catch {
      throw Gate.Refusal(status: 400, reason: "\(error.reason) Nothing was imported.")
    }
    let opened = opened
    start("Importing") { progress in
      .imported(
        try opened.importSources(request) { name, bytes in
          progress("\(name): \(Figure.grouped(bytes / 1_000_000)) MB")
        })
    }
    return WorkbenchResponse(to: "/sources")
  }

  /// Begins what takes longer; nothing else is under way, as requests come one by one.
  private func start(
    _ title: String, _ work: @escaping @Sendable (_ progress: (String) -> Void) throws -> Job.Outcome
  ) {
    let opened = opened
    _ = job.start(title, explain: { Problem.describe($0, of: opened).reason }, work)
  }

  // MARK: - Messages

  private func tell(_ text: String) { notice.withLock { $0 = text } }

  /// What the next page has to say: of what was done last, and of a run that has ended since.
  func takeNotices() -> [PageFrame.Notice] {
    var notices: [PageFrame.Notice] = []
    for outcome in job.takeOutcomes() {
      switch outcome {
      case .linked(let result):
        notices.append(
          .init(
            "Linked: \(PageParts.count(result.accounts, "account")), \(PageParts.count(result.pairs, "pair")) compared, \(PageParts.count(result.clusters.count, "cluster")), \(PageParts.count(result.alerts.count, "alert"))."
          ))
        if !result.commonValues.isEmpty {
          let shown = result.commonValues.prefix(5).map {
            "\($0.kind) \($0.value) (\(PageParts.count($0.accounts, "account")), \($0.compared ? "never linked on it alone" : "not compared on it"))"
          }.joined(separator: "; ")
          let more = result.commonValues.count - 5
          notices.append(
            .init(
              "Too common to link on: \(shown)\(more > 0 ? "; and \(PageParts.count(more, "value")) more" : "")."
            ))
        }
        if let remark = result.writing?.remark { notices.append(.init(remark)) }
      case .imported(let report): notices += SourcesPage.notices(report)
      case .failed(let what, let why):
        notices.append(.init("\(what) came to nothing, and the case is as it was: \(why)", isWarning: true))
      }
    }
    if let text = notice.withLock({ text in
      defer { text = nil }; return text
    }) {
      notices.append(.init(text))
    }
    if let failure = opened.database.publicationFailure {
      notices.append(
        .init(
          "What was done is stored, but the log could not be signed yet: \(failure) It is signed when the case is next opened.",
          isWarning: true))
    }
    return notices
  }

  private func problem(_ error: any Error) -> WorkbenchResponse {
    let (reason, status) = Problem.describe(error, of: opened)
    return ProblemPage.response(reason, status: status, log: error is PeopleFailure)
  }
}
