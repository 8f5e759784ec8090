#include "commands/redaction_key.hpp"

#include "base/ascii.hpp"
#include "base/digest.hpp"
#include "base/file.hpp"
#include "complaint/redact.hpp"
#include "list/store.hpp"
#include "store/cache.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::string_view kKind = "redaction-key";
constexpr std::string_view kName = "1";
constexpr std::size_t kOctets = 32;

Expected<std::string> read_key(const std::string& file) {
  auto octets = read_file(file, complaint::kMostRedactionKey);
  if (!octets) return fail(octets.error());
  while (!octets->empty() && ascii::is_space(octets->back())) octets->pop_back();
  if (octets->size() < complaint::kLeastRedactionKey)
    return fail(
        Error::Kind::input, file,
        "expected a key of at least " + std::to_string(complaint::kLeastRedactionKey) + " octets");
  return octets;
}

}  // namespace

Expected<std::string> redaction_key(const std::string& file, const cli::Context& context) {
  if (!file.empty()) return read_key(file);
  auto path = list::store_path(context.globals.store);
  if (!path) return fail(path.error());
  auto cache = store::Cache::open(*path, store::Access::write);
  if (!cache) return fail(cache.error());
  auto kept = cache->get(kKind, kName);
  if (!kept) return fail(kept.error());
  if (*kept) return (*kept)->value;
  auto key = random_octets(kOctets);
  if (key.empty()) return fail(Error::Kind::temporary, *path, "no random octets for a key");
  auto first = cache->keep_first(kKind, {std::string(kName), context.now, {}, key});
  if (!first) return fail(first.error());
  return std::move(first->value);
}

}  // namespace mailtrust::commands
