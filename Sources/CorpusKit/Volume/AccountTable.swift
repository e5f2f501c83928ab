import Foundation

/// Writes a table of accounts, corrupted as data about people is, with the truth in it and beside it.
///
/// People hold one to twelve accounts (2.5 on average); a quarter also run accounts that give little away. Names
/// are cut, swapped and mistyped, dates of birth are wrong by a month or a year, one home address in eight is
/// shared with another person, and a third of the IP addresses belong to carriers or hosting that thousands use.
/// The columns and rates are those of the records benchmark in `Benchmarks/`. Rows stand in random order. The
/// addresses and numbers are random digits and nobody's in particular.
func writeAccountTable(rows: Int, seed: UInt64, table: URL, truth: URL) throws(CorpusWriteError) {
  let holders = HolderTable(count: rows, seed: seed ^ 0x71, again: 0.6, most: 12)
  let order = IndexPermutation(count: rows, seed: seed ^ 0x72)
  let sink = try ByteSink(table)
  let answers = try ByteSink(truth)
  sink.append(
    "unique_id,cluster,platform,username,first_name,surname,dob,city,email,phone,ip,device,created\r\n")
  answers.append("unique_id,cluster_id\r\n")
  var maker = AccountRowMaker(seed: seed, rows: rows)
  for position in 0..<rows {
    let row = order[position]
    let person = Int(holders.holder[row])
    sink.append(decimal: position)
    sink.append(byte: 0x2c)
    sink.append(decimal: person)
    maker.write(row: row, person: person, to: sink)
    answers.append(decimal: position)
    answers.append(byte: 0x2c)
    answers.append(decimal: person)
    answers.append("\r\n")
  }
  try sink.close()
  try answers.close()
}
