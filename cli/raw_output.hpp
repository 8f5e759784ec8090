#pragma once
// The Output of a run.

#include <optional>
#include <string_view>
#include <vector>

#include "cli/batch.hpp"
#include "cli/program.hpp"
#include "dns/inquiry.hpp"

namespace mailtrust::cli {

class RawOutput : public Output {
 public:
  /// `inquiry`: whose look-ups -v shows with each answer; null: none.
  RawOutput(const Run& run, const dns::Inquiry* inquiry) : run_(run), inquiry_(inquiry) {}

  void write(std::string_view octets) override;
  Verdict answer(const Report& report) override;
  void complain(const Error& error) override;
  void progress(std::size_t done, std::optional<double> fraction) override;
  [[nodiscard]] bool is_open() const override;

 private:
  std::vector<dns::Evidence> new_evidence();

  const Run& run_;
  const dns::Inquiry* inquiry_;
  std::size_t shown_ = 0;  ///< look-ups that answers have shown
};

}  // namespace mailtrust::cli
