// Mail addresses in remarks.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "registration/local_part.hpp"
#include "registration/registration.hpp"
#include "registration/spelled_address.hpp"
#include "registration/surroundings.hpp"

namespace mailtrust::registration {
namespace {

constexpr std::size_t kReach = 400;  // octets of words in front of an address that may be about it
constexpr std::size_t kQuoted = 80;  // octets of a line that a place shows

std::string_view local_of(std::string_view email) {
  return email.substr(0, email.find('@'));
}

// The end of `text`, from the start of a paragraph on.
std::string_view near_end(std::string_view text) {
  if (text.size() > kReach) text.remove_prefix(text.size() - kReach);
  auto gap = text.rfind("\n\n");
  return gap == std::string_view::npos ? text : text.substr(gap + 2);
}

// A cut UTF-8 sequence at an end of `text` is taken off.
std::string_view whole_characters(std::string_view text) {
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0U) == 0x80)
    text.remove_prefix(1);
  auto last = text.size();
  while (last > 0 && text.size() - last < 4 &&
         (static_cast<unsigned char>(text[last - 1]) & 0xc0U) == 0x80)
    --last;
  if (last > 0 && decode_utf8(text.substr(last - 1)).length == 0) return text.substr(0, last - 1);
  return text;
}

std::string_view line_around(std::string_view text, const SpelledAddress& address) {
  auto from = address.begin > kQuoted / 2 ? address.begin - kQuoted / 2 : 0;
  auto head = text.substr(from, address.begin - from);
  if (auto start = head.rfind('\n'); start != std::string_view::npos) from += start + 1;
  auto line = text.substr(from, std::max(kQuoted, address.end - from));
  return ascii::trim(whole_characters(line.substr(0, line.find('\n', address.end - from))));
}

// Reads from one address to the next, so that no word is read about more than two.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Mention> read() {
    auto spelled = spelled_addresses(text_);
    for (std::size_t i = 0; i < spelled.size(); ++i) {
      auto next = i + 1 < spelled.size() ? spelled[i + 1].begin : text_.size();
      mentions_.push_back(mention(spelled[i], next));
    }
    return std::move(mentions_);
  }

 private:
  Mention mention(const SpelledAddress& address, std::size_t next) {
    auto before = text_.substr(told_until_, address.begin - told_until_);
    auto joint = is_first_ ? before.substr(0, 0) : before;
    auto line_start = before.rfind('\n');
    bool has_lines = line_start != std::string_view::npos;
    auto same_line = near_end(has_lines ? before.substr(line_start + 1) : before);
    told_until_ = address.end;

    auto role = role_before(same_line);
    if (!role) role = after(address.end, next);
    if (!role && has_lines) role = role_before(near_end(before));
    if (!role && !is_first_ && is_joint(joint)) role = last_role_;
    is_first_ = false;
    last_role_ = role;
    return made(address, role);
  }

  std::optional<Role> after(std::size_t end, std::size_t next) {
    auto rest = text_.substr(end, std::min(next - end, kReach));
    rest = rest.substr(0, rest.find('\n'));
    // What stands right before the next address is about that one.
    if (end + rest.size() == next && next < text_.size()) rest = rest.substr(0, own_part(rest));
    auto role = role_after(rest);
    if (role) told_until_ = end + first_clause(rest);
    return role;
  }

  static std::size_t own_part(std::string_view rest) {
    auto clause = first_clause(rest);
    return clause < rest.size() ? clause : 0;
  }

  [[nodiscard]] Mention made(const SpelledAddress& address, std::optional<Role> role) const {
    Mention mention;
    mention.email = address.email;
    mention.role = role.value_or(Role::other);
    // Who names abuse@ in a remark means it, unless the words say otherwise.
    if (!role && desk_of(local_of(address.email)) == Desk::abuse) mention.role = Role::remark;
    mention.place = line_around(text_, address);
    return mention;
  }

  std::string_view text_;
  std::size_t told_until_ = 0;  // words before it are about an earlier address
  bool is_first_ = true;
  std::optional<Role> last_role_;
  std::vector<Mention> mentions_;
};

}  // namespace

std::vector<Mention> addresses_in(std::string_view text) {
  return Reader(text).read();
}

}  // namespace mailtrust::registration
