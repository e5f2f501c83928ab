/// That every column is of what many have in common, as answers to a survey are: no field is one person's own.
///
/// Such fields go together, as answers do, and two people who think alike fit together as well as two records of one person:
/// of 1,500 invented people with twelve answers each, all different, every pair that was joined was wrong.
public struct CommonValuesDoubt: Sendable, Hashable {
  /// Kinds that tell of a group, where many records share each value.
  private static let kinds: Set<ColumnKind> = [.age, .number, .category, .region]
  /// Records that share a value, on average, at the least.
  private static let fewestSharing = 10

  /// The columns that are compared.
  public let columns: [String]

  /// Nil where a column may tell people apart.
  init?(_ findings: [ColumnFinding]) {
    let compared = findings.filter(\.isCompared)
    let areCommon = compared.allSatisfy {
      Self.kinds.contains($0.kind) && $0.distinct * Self.fewestSharing <= $0.filled
    }
    if compared.count < 2 || !areCommon { return nil }
    columns = compared.map(\.name)
  }

  /// What a reader of the result must know, and what to do.
  public var remark: String {
    "every column that is compared has few values, which many records share: people who have much in common look like one person, and the probabilities may be far too high; compare a name, a date of birth or another thing of one person alone as well, or give pairs that are known with --labels"
  }
}

extension Resolution {
  /// Why the records that were joined may be of several people; nil where a column may tell them apart, nothing was joined, or
  /// labels were given.
  public var commonValuesDoubt: CommonValuesDoubt? {
    if labelCalibration != nil || clusterCount == clusterOfRecord.count { return nil }
    return CommonValuesDoubt(findings)
  }
}
