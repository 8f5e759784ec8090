#pragma once
// The lines that --skip-invalid leaves out: FILE.rejects beside each file, to be mended and
// imported.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "list/import.hpp"

namespace mailtrust::commands {

class Rejects {
 public:
  Rejects(const list::ImportOptions& options, cli::Output& output)
      : options_(options), output_(output) {}

  /// Those of standard input are told on stderr.
  void add(std::size_t file, const list::Rejected& line);

  /// Puts the files in place, each whole, for their owner only.
  Expected<void> publish();

 private:
  const list::ImportOptions& options_;
  cli::Output& output_;
  std::map<std::string, std::string> texts_;  ///< by path
};

/// The files that Rejects will put there: one for each file imported, with --skip-invalid.
std::vector<std::string> rejects_files(const list::ImportOptions& options);

/// "FILE:LINE:COLUMN"
std::string place_of(const std::string& file, const list::Rejected& line);

}  // namespace mailtrust::commands
