#include "dns/zone_resolver.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "base/octet_stream.hpp"
#include "dns/zone_reader.hpp"

namespace mailtrust::dns {
namespace {

// Read no further than a zone file may be long.
Expected<ZoneSplitter::Source> open(const std::string& path) {
  auto opened = OctetStream::open(path, Packed::keep);
  if (!opened) return fail(opened.error());
  auto stream = std::make_shared<OctetStream>(std::move(*opened));
  std::size_t total = 0;
  return [stream, total](std::span<char> room) mutable -> Expected<std::size_t> {
    auto read = stream->read(room);
    total += read.value_or(0);
    if (total > limits::kZoneFile)
      return fail(Error::Kind::input, stream->path(),
                  "larger than the limit of " + std::to_string(limits::kZoneFile) + " octets");
    return read;
  };
}

void fail_with(Answer& answer, Failure failure) {
  answer.status = Status::failed;
  answer.failure = failure;
  answer.ttl = 0;
}

// Ends the answer with what the zone holds at the canonical name.
void finish(Answer& answer, const ZoneData::Match& match) {
  answer.failure = Failure::none;
  if (!match.answer) {
    answer.status = match.exists ? Status::no_data : Status::nxdomain;
    return;
  }
  answer.status = match.answer->status;
  answer.failure = match.answer->failure;
  answer.ttl = std::min(answer.ttl, match.answer->ttl);
  answer.records = match.answer->records;
  for (auto& record : answer.records) record.owner = answer.canonical;
}

// RFC 6672 section 3.1: the CNAME that a DNAME makes for a name below its owner. Nothing when the
// new name is too long (YXDOMAIN).
std::optional<Record> synthesize(const Record& dname, const Name& name) {
  auto front_size = name.wire().size() - dname.owner.wire().size();
  auto front = Name::from_wire(std::string(name.wire().substr(0, front_size)) + '\0');
  auto target = decode_name(dname);
  if (!front || !target) return std::nullopt;
  auto whole = target->prepend(*front);
  if (!whole) return std::nullopt;
  return Record{name, Type::cname, dname.ttl, std::string(whole->wire())};
}

bool is_circle(const Answer& answer, const Name& target) {
  return std::ranges::find(answer.aliases, target, &Record::owner) != answer.aliases.end();
}

// One step along an alias. False when the answer has ended there.
bool follow(Answer& answer, Record alias) {
  auto target = decode_name(alias);
  if (!target) {
    fail_with(answer, Failure::malformed);
    return false;
  }
  if (answer.aliases.size() == limits::kAliases) {
    fail_with(answer, Failure::alias_loop);
    return false;
  }
  answer.ttl = std::min(answer.ttl, alias.ttl);
  answer.aliases.push_back(std::move(alias));
  answer.canonical = *target;
  if (!is_circle(answer, *target)) return true;
  fail_with(answer, Failure::alias_loop);
  return false;
}

// The alias that stands at `name`, its own or made from a DNAME.
std::optional<Record> alias_of(const ZoneData::Match& match, const Name& name) {
  if (match.dname) return synthesize(match.dname->records[0], name);
  Record alias = match.alias->records[0];
  alias.owner = name;
  return alias;
}

}  // namespace

ExpectedOrErrors<std::unique_ptr<ZoneResolver>> ZoneResolver::load(
    std::span<const std::string> paths) {
  ZoneData zone;
  std::vector<Error> errors;
  for (const auto& path : paths) {
    auto source = open(path);
    if (!source) {
      errors.push_back(source.error());
      continue;
    }
    ZoneErrors of_file(path);
    ZoneSplitter text(std::move(*source), of_file);
    read_zone(text, zone, of_file);
    std::ranges::move(of_file.take(), std::back_inserter(errors));
  }
  return make(std::move(zone), std::move(errors));
}

ExpectedOrErrors<std::unique_ptr<ZoneResolver>> ZoneResolver::from_text(std::string_view text,
                                                                        std::string_view filename) {
  ZoneData zone;
  ZoneErrors errors(filename);
  ZoneSplitter splitter(text, errors);
  read_zone(splitter, zone, errors);
  return make(std::move(zone), errors.take());
}

ExpectedOrErrors<std::unique_ptr<ZoneResolver>> ZoneResolver::make(ZoneData zone,
                                                                   std::vector<Error> errors) {
  if (!errors.empty()) return UnexpectedErrors(std::move(errors));
  zone.seal();
  return std::unique_ptr<ZoneResolver>(new ZoneResolver(std::move(zone)));
}

AnswerPtr ZoneResolver::query(const Question& question) {
  if (auto answer = zone_.exact(question)) return respell(std::move(answer), question.name);
  auto answer = std::make_shared<Answer>();
  answer->canonical = question.name;
  answer->ttl = kDefaultTtl;
  while (true) {
    auto match = zone_.match({answer->canonical, question.type});
    if (match.answer || (!match.alias && !match.dname)) {
      finish(*answer, match);
      return answer;
    }
    auto alias = alias_of(match, answer->canonical);
    if (!alias) {
      fail_with(*answer, Failure::servfail);
      return answer;
    }
    if (question.type == Type::cname) {
      answer->status = Status::found;
      answer->failure = Failure::none;
      answer->ttl = std::min(answer->ttl, alias->ttl);
      answer->records.push_back(std::move(*alias));
      return answer;
    }
    if (!follow(*answer, std::move(*alias))) return answer;
  }
}

}  // namespace mailtrust::dns
