#pragma once
// What the readers of all layouts share: where they begin, how a recipient's account is kept, where
// the text of the notice ends.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bounce/failure.hpp"
#include "bounce/mail.hpp"

namespace mailtrust::bounce::layouts {

/// Where a reader starts.
struct Scene {
  const Mail& mail;
  std::string_view system;
  std::size_t line = 0;  ///< of mail.lines: the one with the mark
  Action action = Action::failed;
};

using Read = std::vector<Failure> (*)(const Scene&);

/// The accounts of the recipients, in the order they are opened. Addresses that follow one another
/// without a reply share the next one. Bounded: kMostCollected, limits::kDiagnostic a
/// reply, and less for one that many share.
class Collector {
 public:
  explicit Collector(const Scene& scene) : scene_(scene) {}

  void open(std::string_view address, std::string_view original = {});
  void say(std::string_view words);
  /// What the last one was made of, or its address where it has none ("pipe to |program").
  void name_origin(std::string_view address);

  /// Who answered, and what: of those that are open.
  void name_remote(std::string_view host) { remote_ = host; }

  void name_command(std::string_view command) { command_ = command; }

  void flush() { close(); }  ///< nothing more is said of them

  [[nodiscard]] bool empty() const { return failures_.empty(); }

  [[nodiscard]] bool has_reply() const { return !reply_.empty(); }

  [[nodiscard]] bool is_open(std::string_view address) const;  ///< the one opened last?

  /// `otherwise` is the reply of those that had none. What the replies tell of command, host and
  /// code is filled in.
  std::vector<Failure> finish(std::string_view otherwise = {});

 private:
  void close();

  const Scene& scene_;
  std::vector<Failure> failures_;
  std::size_t first_ = 0;  // of the accounts that are open
  std::string reply_;
  std::string_view remote_;
  std::string_view command_;
};

/// Blanks, tabs (eight each) before the first word.
std::size_t indent_of(std::string_view line);

/// The line without blanks and rules ("-----", "***", "==") before its words.
std::string_view without_rule(std::string_view line);

/// "--------", "======", "* * *": punctuation alone.
bool is_rule(std::string_view line);

/// Does the returned message, its announcement or the machine's part of the notice begin here?
bool is_end(std::string_view line);

/// Appends to a reply, blanks in one, no further than limits::kDiagnostic.
void append_words(std::string& reply, std::string_view words);

// The shapes that many systems share.

/// After the mark: addresses, each with its reply behind it or in the lines below, to a blank line.
/// Where none has a reply, what the mark's paragraph says is it.
std::vector<Failure> read_listed(const Scene& scene);

/// The same; where no line has an address, the first paragraph is the reply, of nobody named.
std::vector<Failure> read_names(const Scene& scene);

/// The same, but the address may also stand in the mark's own line, with its sentence around it:
/// "There was an error delivering your mail to <a@b>."
std::vector<Failure> read_sentence(const Scene& scene);

/// qmail-send's paragraphs (https://cr.yp.to/proto/qsbmf.txt): "<a@b>:", then the reply.
std::vector<Failure> read_paragraphs(const Scene& scene);

/// The reply first, then whom it is about: "Could not be delivered because of", "...", addresses.
std::vector<Failure> read_reply_first(const Scene& scene);

/// The same, where the reply is all that stands before the addresses.
std::vector<Failure> read_above(const Scene& scene);

/// A table: "Recipient address: a@b", "Reason: ...", "Diagnostic code: smtp; 550 ...", "Remote
/// system: dns; mx.example.org".
std::vector<Failure> read_table(const Scene& scene);

/// A session with a server: the last command that was refused, and the answer.
std::vector<Failure> read_session(const Scene& scene);

/// "Reason: address" in one line.
std::vector<Failure> read_reason_first(const Scene& scene);

std::vector<Failure> read_exim(const Scene& scene);
std::vector<Failure> read_postfix(const Scene& scene);
std::vector<Failure> read_sendmail(const Scene& scene);
std::vector<Failure> read_exchange(const Scene& scene);
std::vector<Failure> read_google(const Scene& scene);
std::vector<Failure> read_xmail(const Scene& scene);
std::vector<Failure> read_google_groups(const Scene& scene);
std::vector<Failure> read_sns(const Scene& scene);

/// The system is known by its words, but tells nothing in a form of its own.
std::vector<Failure> read_nothing(const Scene& scene);

}  // namespace mailtrust::bounce::layouts
