#include "whois/document.hpp"

#include "base/ascii.hpp"
#include "whois/line.hpp"
#include "whois/range.hpp"
#include "whois/text.hpp"

namespace mailtrust::whois {
namespace {

class Builder {
 public:
  explicit Builder(const net::Address& address) : address_(address) {}

  void take(std::string_view raw, std::size_t number) {
    number_ = number;
    auto line = ascii::trim(raw);
    if (line.empty()) return end_object();
    if (line.front() == '%' || line.front() == '#') return take_comment(line);
    if (is_rule(line) || is_section(line)) return take_section(line);
    if (auto listed = read_listed_network(line)) return take_listed(*listed);
    auto pair = read_pair(raw);
    if (!pair) return take_text(raw, line);
    const auto* key = find_key(pair->name);
    if (!key && pair->indented && previous_.key) return take_text(raw, line);
    add({key, pair->name, pair->value, number_});
  }

  Document finish() {
    end_object();
    return std::move(document_);
  }

 private:
  void end_object() {
    if (object_.count > 0) document_.objects.push_back(object_);
    object_ = {};
    object_.first = document_.attributes.size();
    object_.section = section_;
    previous_ = {};
  }

  void take_comment(std::string_view line) {
    end_object();
    auto text = ascii::trim(line.substr(1));
    if (!text.empty()) document_.comments.push_back({nullptr, "comment", text, number_});
  }

  void take_section(std::string_view line) {
    section_ = role_of_section(line);
    end_object();
  }

  void take_listed(const ListedNetwork& listed) {
    end_object();
    object_.is_listed = true;
    add({find_key("Organization"), "Organization", listed.organization, number_});
    add({find_key("NetName"), "NetName", listed.name, number_});
    add({find_key("NetHandle"), "NetHandle", listed.handle, number_});
    add({find_key("NetRange"), "NetRange", listed.range, number_});
  }

  /// What stands alone on a line goes on with the key before it, where it is indented or the key
  /// had nothing behind it.
  void take_text(std::string_view raw, std::string_view line) {
    bool goes_on = previous_.key && (ascii::is_space(raw.front()) || previous_.value.empty());
    if (goes_on) return store({previous_.key, previous_.name, line, number_});
    if (line.find('@') != line.npos) store({nullptr, {}, line, number_});
  }

  void add(const Attribute& attribute) {
    bool begins = attribute.key && attribute.key->begins;
    if (begins && object_.begun) end_object();
    object_.begun = object_.begun || begins;
    previous_ = attribute;
    if (attribute.key || attribute.value.find('@') != attribute.value.npos) store(attribute);
  }

  void store(const Attribute& attribute) {
    if (attribute.key) learn(*attribute.key, attribute.value);
    document_.attributes.push_back(attribute);
    ++object_.count;
  }

  void learn(const Key& key, std::string_view value) {
    if (key.meaning == Meaning::handle && object_.handle.empty()) object_.handle = value;
    if (key.meaning == Meaning::other_object) object_.is_other = true;
    if (key.meaning != Meaning::network && key.meaning != Meaning::part) return;
    auto range = read_range_around(value, address_);
    bool is_better =
        range &&
        (!object_.network || (!contains(*object_.network, address_) && contains(*range, address_)));
    if (is_better) object_.network = range;
  }

  net::Address address_;
  Document document_;
  Object object_;
  Attribute previous_;  ///< with what the next line may go on
  std::optional<registration::Role> section_;
  std::size_t number_ = 0;
};

}  // namespace

Document read_document(std::string_view text, const net::Address& address) {
  Builder builder(address);
  for (std::size_t number = 1; !text.empty(); ++number) builder.take(take_line(text), number);
  return builder.finish();
}

}  // namespace mailtrust::whois
