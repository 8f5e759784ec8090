#include "commands/import_rejects.hpp"

#include "base/escape.hpp"
#include "base/file.hpp"

namespace mailtrust::commands {
namespace {

std::string rejects_of(const std::string& file) {
  return file + ".rejects";
}

}  // namespace

std::string place_of(const std::string& file, const list::Rejected& line) {
  return file + ':' + std::to_string(line.line) + ':' + std::to_string(line.fault.column);
}

std::vector<std::string> rejects_files(const list::ImportOptions& options) {
  std::vector<std::string> names;
  for (const auto& file : options.files)
    if (options.skip_invalid && file != "-") names.push_back(rejects_of(file));
  return names;
}

void Rejects::add(std::size_t file, const list::Rejected& line) {
  const auto& name = options_.files[file];
  if (name == "-") {
    output_.complain({Error::Kind::input, place_of(name, line), line.fault.message});
    return;
  }
  auto& text = texts_[rejects_of(name)];
  text +=
      "# " + escape_text(place_of(name, line)) + ": " + escape_unsafe(line.fault.message) + '\n';
  text += line.text + '\n';
}

Expected<void> Rejects::publish() {
  for (const auto& [path, text] : texts_)
    if (auto failure = write_file_atomically(path, text)) return fail(*std::move(failure));
  return {};
}

}  // namespace mailtrust::commands
