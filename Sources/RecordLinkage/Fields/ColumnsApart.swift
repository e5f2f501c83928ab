/// Columns of one kind that different files have by different names, so that records of these files are not compared in them.
public struct ColumnsApart: Sendable, Hashable {
  /// Names of columns that may be the same.
  public struct Pair: Sendable, Hashable {
    /// The one that stands first in the table.
    public let one: String
    /// The other.
    public let other: String
  }

  /// The pairs.
  public let pairs: [Pair]

  /// Kinds of which a person has one, and each column a field of its own.
  private static let kinds: [ColumnKind] = [
    .givenName, .middleName, .familyName, .fullName, .birthDate, .age, .street, .houseNumber, .postcode,
    .locality, .region,
  ]

  /// By column, the files that have values in it.
  static func files(of columns: [Column], _ sources: [Table.Source]) -> [Set<Int>] {
    columns.map { column in
      Set(sources.indices.filter { sources[$0].records.contains { column.values[$0] != 0 } })
    }
  }

  /// Nil where there are none; `files` are those of each column.
  init?(_ findings: [ColumnFinding], filledIn files: [Set<Int>]) {
    pairs = Self.kinds.flatMap { kind in
      let alike = findings.indices.filter { findings[$0].isCompared && findings[$0].kind == kind }
      return alike.flatMap { one in
        alike.filter { other in
          one < other && files[one].isDisjoint(with: files[other])
            && !alike.contains {
              !files[$0].isDisjoint(with: files[one]) && !files[$0].isDisjoint(with: files[other])
            }
        }.map { Pair(one: findings[one].name, other: findings[$0].name) }
      }
    }
    if pairs.isEmpty { return nil }
  }

  /// The columns, each once.
  public var columns: [String] {
    var seen: Set<String> = []
    return pairs.flatMap { [$0.one, $0.other] }.filter { seen.insert($0).inserted }
  }

  /// What a reader of the result must know, and what to do.
  public var remark: String {
    let names = pairs.map { "\($0.one) and \($0.other)" }.joined(separator: ", ")
    return
      "different files have columns of one kind by different names (\(names)), and their records are not compared in these; where they hold the same, give them one name"
  }
}

extension Resolution {
  /// What a reader of the result must know of the table as a whole.
  public var remarks: [String] {
    [columnsApart?.remark, homeDoubt?.remark, classDoubt?.remark, commonValuesDoubt?.remark].compactMap { $0 }
  }
}
