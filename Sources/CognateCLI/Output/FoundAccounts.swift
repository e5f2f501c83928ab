import Charts
import Foundation
import Linkage
import StyleValidation
import Stylometry

/// Candidates of each account, as printed.
struct FoundAccounts: Encodable {
  struct Account: Encodable {
    var id: String
    var characters: Int
    /// As many of these as were compared; nil for all.
    var comparedCharacters: Int?
    /// Left out, since other accounts posted them as well; nil for none.
    var sharedCharacters: Int?
    var candidates: [Candidate]

    enum CodingKeys: String, CodingKey {
      case id, characters, comparedCharacters = "compared_characters"
      case sharedCharacters = "shared_characters", candidates
    }
  }

  struct Candidate: Encodable {
    var id: String
    var similarity: Double
    var score: Double?
    var log10LR: Double?
    var noRatio: String?

    enum CodingKeys: String, CodingKey {
      case id, similarity, score, log10LR = "log10_lr", noRatio = "no_ratio_because"
    }
  }

  var accounts: [Account]
  /// Candidates of each account that the whole model compared.
  var compared: Int
  /// Share of all pairs whose points were compared.
  var share: Double
  /// Share of the true neighbours that were found, measured.
  var recall: Double
  var calibrated: Bool
  /// Why nothing is, where the texts contradict the domain that was named.
  var remark: String?

  enum CodingKeys: String, CodingKey {
    case accounts, compared = "compared_by_the_whole_model", share = "share_of_pairs", recall, calibrated,
      remark
  }

  init(_ corpus: StyleCorpus, _ result: StyleSearch.Result, compared: Int) {
    switch result.method {
    case .all: (share, recall) = (1, 1)
    case .index(let share, let recall): (self.share, self.recall) = (share, recall)
    }
    self.compared = compared
    remark = result.contradiction?.description
    accounts = corpus.documents.indices.map { place in
      Account(
        id: corpus.documents[place].id, characters: result.lengths[place],
        comparedCharacters: result.comparedLengths[place] < result.lengths[place]
          ? result.comparedLengths[place] : nil,
        sharedCharacters: result.sharedLengths[place] > 0 ? result.sharedLengths[place] : nil,
        candidates: result.candidates[place].map { candidate in
          var shown = Candidate(
            id: corpus.documents[candidate.account].id, similarity: Double(candidate.similarity),
            score: candidate.comparison?.score, log10LR: candidate.comparison?.log10LR)
          if case .abstained(let reason) = candidate.comparison?.verdict { shown.noRatio = reason.code }
          return shown
        })
    }
    calibrated = accounts.contains { $0.candidates.contains { $0.log10LR != nil } }
  }

  /// A line for each candidate, with a line of names before them.
  var table: String {
    var lines = ["id\tcandidate\trank\tsimilarity\tscore\tlog10_lr\tno_ratio_because"]
    for account in accounts {
      for (rank, candidate) in account.candidates.enumerated() {
        lines.append(
          [
            Self.cell(account.id), Self.cell(candidate.id), "\(rank + 1)", Self.figure(candidate.similarity),
            candidate.score.map(Self.figure) ?? "", candidate.log10LR.map(Self.figure) ?? "",
            candidate.noRatio ?? "",
          ].joined(separator: "\t"))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ id: String) -> String {
    VisibleText.escape(id).replacing("\t", with: " ").replacing("\n", with: " ")
  }

  private static func figure(_ value: Double) -> String { String(format: "%.4f", value) }

  /// What was done, in words.
  var summary: String {
    let withText = accounts.count { $0.characters > 0 }
    var text = "\(Terminal.count(withText, "account")) with text"
    if withText > 1 {
      text +=
        share < 1
        ? ", each compared with \(Figure.percent(share)) of the others by an index that finds \(Figure.percent(recall)) of the nearest"
        : ", each compared with all others"
      if compared > 0 {
        text += "; the \(min(compared, withText - 1)) nearest of each compared by the whole model"
      }
    }
    text += ".\n"
    if withText < accounts.count {
      text += "\(Terminal.count(accounts.count - withText, "account")) without text of their own left out.\n"
    }
    let shared = accounts.compactMap(\.sharedCharacters)
    if !shared.isEmpty {
      text +=
        "\(Terminal.count(shared.reduce(0, +), "character")) of \(Terminal.count(shared.count, "account")) left out: passages that another account posted word for word.\n"
    }
    let sampled = accounts.compactMap(\.comparedCharacters)
    if let most = sampled.max() {
      text +=
        "\(Terminal.count(sampled.count, "account")) compared by a part of their text, \(Terminal.count(most, "character")) at the most: ratios were validated on no more.\n"
    }
    if calibrated {
      text += "log10 LR weighs how alike two accounts write; it does not say who wrote."
    } else {
      text +=
        remark.map { "No likelihood ratio: \(Terminal.safe($0)). Scores" } ?? "Scores are uncalibrated: they"
      text += " rank candidates, and say nothing of whether one person wrote both."
    }
    return text
  }

  /// For people: each account with its candidates.
  var text: String {
    var rows = [["account", "candidate", "similarity", "score", "log10 LR"]]
    for account in accounts {
      for (rank, candidate) in account.candidates.enumerated() {
        rows.append([
          rank == 0 ? Terminal.safe(account.id) : "", Terminal.safe(candidate.id),
          Self.figure(candidate.similarity), candidate.score.map(Self.figure) ?? "",
          candidate.log10LR.map(Self.figure) ?? candidate.noRatio ?? "",
        ])
      }
    }
    return Terminal.table(rows) + "\n" + summary
  }
}
