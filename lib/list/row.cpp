#include "list/row.hpp"

#include <algorithm>
#include <cstddef>

#include "list/varint.hpp"

namespace mailtrust::list {
namespace {

constexpr unsigned kKinds = 5;

std::size_t octets_of(net::Family family) {
  return width(family) / 8;
}

void append_number(std::string& out, net::Uint128 value, std::size_t octets) {
  while (octets-- > 0) out += static_cast<char>(static_cast<std::uint8_t>(value >> (octets * 8)));
}

net::Uint128 read_number(std::string_view octets) {
  net::Uint128 value = 0;
  for (char c : octets) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

void append_key(std::string& out, Kind kind, const Block& block) {
  out += static_cast<char>(static_cast<unsigned>(kind) * 2 + (block.family == net::Family::v6));
  auto octets = octets_of(block.family);
  append_number(out, block.first, octets);
  if (kind == Kind::prefix) out += static_cast<char>(block.prefix_length());
  if (kind == Kind::range) append_number(out, ~block.last, octets);
}

char mark_of(Kind kind) {
  return static_cast<char>(static_cast<unsigned>(kind) * 2);
}

Block prefix_block(net::Family family, net::Uint128 first, unsigned length) {
  unsigned host_bits = width(family) - length;
  auto hosts = host_bits == 128 ? ~net::Uint128{0} : (net::Uint128{1} << host_bits) - 1;
  return {family, first & ~hosts, first | hosts};
}

std::optional<Block> block_from(Kind kind, net::Family family, std::string_view octets) {
  auto size = octets_of(family);
  if (octets.size() < size) return std::nullopt;
  auto first = read_number(octets.substr(0, size));
  octets.remove_prefix(size);
  if (kind == Kind::address && octets.empty()) return Block{family, first, first};
  if (kind == Kind::prefix && octets.size() == 1) {
    auto length = static_cast<std::uint8_t>(octets[0]);
    if (length > width(family)) return std::nullopt;
    return prefix_block(family, first, length);
  }
  if (kind != Kind::range || octets.size() != size) return std::nullopt;
  auto mask = size == 16 ? ~net::Uint128{0} : net::Uint128{0xffffffff};
  return Block{family, first, ~read_number(octets) & mask};
}

}  // namespace

std::string key_of(const Entry& entry) {
  std::string key;
  if (entry.has_block())
    append_key(key, entry.kind, entry.block);
  else
    key = mark_of(entry.kind) + entry.name;
  return key;
}

void append_key(std::string& out, const Line& line) {
  if (line.kind <= Kind::range)
    append_key(out, line.kind, line.block);
  else
    out += key_of(entry_of(line));
}

std::optional<Entry> entry_from(std::string_view key) {
  if (key.empty()) return std::nullopt;
  auto mark = static_cast<std::uint8_t>(key[0]);
  if (mark / 2 >= kKinds) return std::nullopt;
  auto kind = static_cast<Kind>(mark / 2);
  key.remove_prefix(1);
  if (kind >= Kind::mailbox) return Entry{kind, {}, std::string(key)};
  auto block = block_from(kind, mark % 2 == 0 ? net::Family::v4 : net::Family::v6, key);
  if (!block) return std::nullopt;
  return Entry{kind, *block, {}};
}

std::string get_entry_sql() {
  return "SELECT " + std::string(kRowColumns) + " FROM entry WHERE list = ?1 AND key = ?2";
}

std::string put_entry_sql() {
  return "INSERT OR REPLACE INTO entry(list, key, " + std::string(kRowColumns) +
         ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
}

std::string remove_entry_sql() {
  return "DELETE FROM entry WHERE list = ?1 AND key = ?2";
}

void read_row(const store::Statement& query, int column, Row& row) {
  row.origin = query.integer(column);
  row.line = query.integer_or_null(column + 1);
  row.state = query.integer(column + 2) == 0 ? State::active : State::paused;
  row.created = query.integer_or_null(column + 3);
  row.expires = query.integer_or_null(column + 4);
  row.comment = query.text(column + 5);
}

void bind_row(store::Statement& statement, int place, const Row& row) {
  statement.bind(place, row.origin).bind(place + 1, row.line);
  statement.bind(place + 2, std::int64_t{row.state == State::paused});
  statement.bind(place + 3, row.created).bind(place + 4, row.expires);
  if (row.comment.empty())
    statement.bind_null(place + 5);
  else
    statement.bind_text(place + 5, row.comment);
}

void fill_cells(std::span<store::Cell> cells, const Row& row) {
  using Type = store::Cell::Type;
  auto integer = [](const std::optional<std::int64_t>& value) {
    return value ? store::Cell{Type::integer, *value, {}} : store::Cell{};
  };
  cells[0] = {Type::integer, row.origin, {}};
  cells[1] = integer(row.line);
  cells[2] = {Type::integer, std::int64_t{row.state == State::paused}, {}};
  cells[3] = integer(row.created);
  cells[4] = integer(row.expires);
  cells[5] = {row.comment.empty() ? Type::null : Type::text, 0, row.comment};
}

std::string pack(const Row& row) {
  std::string out;
  append_varint(out, static_cast<std::uint64_t>(row.origin));
  for (const auto& value : {row.line, row.created, row.expires}) {
    out += static_cast<char>(value.has_value());
    if (value) append_varint(out, static_cast<std::uint64_t>(*value));
  }
  out += static_cast<char>(row.state == State::paused);
  return out += row.comment;
}

std::optional<Row> unpack(std::string_view octets) {
  VarintReader reader(octets);
  Row row;
  row.origin = static_cast<std::int64_t>(reader.number());
  for (auto* value : {&row.line, &row.created, &row.expires})
    if (reader.number() != 0) *value = static_cast<std::int64_t>(reader.number());
  row.state = reader.number() == 0 ? State::active : State::paused;
  row.comment = reader.rest();
  if (!reader.good()) return std::nullopt;
  return row;
}

}  // namespace mailtrust::list
