#include "bounce/delivery_status.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/delivery_values.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/line_ends.hpp"
#include "message/date.hpp"

namespace mailtrust::bounce {
namespace {

std::optional<Action> read_action(std::string_view value) {
  struct Word {
    std::string_view begin;
    Action action;
  };

  constexpr auto kWords = std::to_array<Word>({{"fail", Action::failed},
                                               {"undeliver", Action::failed},
                                               {"delay", Action::delayed},
                                               {"deliver", Action::delivered},
                                               {"relay", Action::relayed},
                                               {"expand", Action::expanded}});
  value = ascii::trim(value);
  for (const auto& word : kWords)
    if (ascii::istarts_with(value, word.begin)) return word.action;
  return std::nullopt;
}

enum class Name {
  other,
  final_recipient,
  original_recipient,
  actual_recipient,
  action,
  status,
  diagnostic,
  remote,
  reporting,
  received_from,
  arrival,
  envelope,
  sender,
  queue,
  category,
};

Name name_of(std::string_view name) {
  struct Row {
    std::string_view text;
    Name name;
  };

  constexpr auto kNames = std::to_array<Row>({{"final-recipient", Name::final_recipient},
                                              {"original-recipient", Name::original_recipient},
                                              {"x-actual-recipient", Name::actual_recipient},
                                              {"action", Name::action},
                                              {"status", Name::status},
                                              {"diagnostic-code", Name::diagnostic},
                                              {"remote-mta", Name::remote},
                                              {"x-remote-mta", Name::remote},
                                              {"reporting-mta", Name::reporting},
                                              {"received-from-mta", Name::received_from},
                                              {"arrival-date", Name::arrival},
                                              {"original-envelope-id", Name::envelope},
                                              {"x-powermta-bouncecategory", Name::category},
                                              {"x-postfix-sender", Name::sender}});
  for (const auto& row : kNames)
    if (ascii::iequals(row.text, name)) return row.name;
  // "X-SendGrid-Sender", "X-Outbound-Mail-Relay-Sender": Postfix under other names.
  if (ascii::istarts_with(name, "x-") && ascii::iends_with(name, "-sender")) return Name::sender;
  if (ascii::istarts_with(name, "x-") && ascii::iends_with(name, "-queue-id")) return Name::queue;
  return Name::other;
}

// One group of fields about a recipient, while it is read.
struct Group {
  Failure failure;
  std::string original;
  std::string actual;
  bool has_final = false;
  bool has_original = false;
  bool has_action = false;
  bool has_status = false;

  [[nodiscard]] bool names_somebody() const { return has_final || has_original || !actual.empty(); }

  [[nodiscard]] bool is_empty() const {
    return !names_somebody() && !has_action && !has_status && failure.diagnostic.empty();
  }
};

class Reader {
 public:
  DeliveryStatus run(std::string_view text) {
    std::string field;
    for (auto line : lines_of(text)) {
      bool continues = !line.empty() && ascii::is_space(line.front());
      if (continues && !field.empty()) {
        fold(field, line);
        continue;
      }
      take(field);
      if (line.empty()) end_group();
      field = line;
    }
    take(field);
    end_group();
    return std::move(status_);
  }

 private:
  static void fold(std::string& field, std::string_view line) {
    if (field.size() > limits::kDiagnostic) return;
    field += ' ';
    field += ascii::trim(line);
  }

  void take(std::string_view field) {
    auto colon = field.find(':');
    if (colon == std::string_view::npos) return;
    auto value = ascii::trim(field.substr(colon + 1));
    take(name_of(ascii::trim(field.substr(0, colon))), value);
  }

  void take(Name name, std::string_view value) {
    switch (name) {
      case Name::final_recipient:
        if (group_.has_final) end_group();
        group_.has_final = true;
        group_.failure.address = read_recipient(value);
        return;
      case Name::original_recipient:
        if (group_.has_original) end_group();
        group_.has_original = true;
        group_.original = decode_xtext(read_recipient(value));
        return;
      case Name::action:
        if (group_.has_action) end_group();
        return take_action(value);
      default: return take_once(name, value);
    }
  }

  void take_action(std::string_view value) {
    auto action = read_action(value);
    group_.has_action = action.has_value();
    if (action) group_.failure.action = *action;
  }

  void take_once(Name name, std::string_view value) {
    auto& failure = group_.failure;
    switch (name) {
      case Name::actual_recipient: group_.actual = read_recipient(value); return;
      case Name::status:
        if (!group_.has_status) failure.status = parse_status(value);
        group_.has_status = true;
        return;
      case Name::diagnostic:
        if (!failure.diagnostic.empty()) failure.diagnostic += ' ';
        failure.diagnostic += read_diagnostic(value);
        return;
      case Name::remote: failure.remote = read_host(value); return;
      case Name::reporting: status_.reporting_mta = read_host(value); return;
      case Name::received_from: status_.received_from = read_host(value); return;
      case Name::envelope: status_.envelope_id = value; return;
      case Name::category: failure.category = ascii::to_lower(value); return;
      case Name::sender: status_.sender = read_recipient(value); return;
      case Name::arrival:
        if (auto date = message::read_date(value)) status_.arrival = date->time;
        return;
      default: return;
    }
  }

  // Behind an empty line that does not belong there, the fields go to the recipient before.
  void end_group() {
    if (group_.is_empty()) return;
    if (!group_.names_somebody() && !status_.recipients.empty() && last_is_bare_) {
      join(status_.recipients.back());
    } else if (status_.recipients.size() < kMostCollected) {
      last_is_bare_ = group_.names_somebody() && !group_.has_action && !group_.has_status;
      finish();
      status_.recipients.push_back(std::move(group_.failure));
    }
    group_ = Group();
  }

  void join(Failure& failure) {
    if (group_.has_action) failure.action = group_.failure.action;
    if (group_.has_status) failure.status = group_.failure.status;
    if (failure.diagnostic.empty()) failure.diagnostic = group_.failure.diagnostic;
    if (failure.remote.empty()) failure.remote = group_.failure.remote;
    layouts::fill_in(failure);
    last_is_bare_ = false;
  }

  void finish() {
    auto& failure = group_.failure;
    if (failure.address.empty()) failure.address = group_.original;
    if (failure.address.empty()) failure.address = group_.actual;
    if (!ascii::iequals(group_.original, failure.address)) failure.original = group_.original;
    // RFC 3464 section 2.3.3 wants an action; without one the status says what became of it.
    if (!group_.has_action && failure.status && failure.status->class_code == 2)
      failure.action = Action::delivered;
    layouts::fill_in(failure);
  }

  DeliveryStatus status_;
  Group group_;
  bool last_is_bare_ = false;
};

}  // namespace

DeliveryStatus read_delivery_status(std::string_view text) {
  return Reader().run(text);
}

}  // namespace mailtrust::bounce
