// fuzz_replay [--as-is] TARGET FOLDER...: hands every file below the folders to the target, and
// (unless as they are) each of its halves and its octets with one flipped, so that a corpus is a
// test with any compiler.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

namespace mailtrust::fuzz {

namespace targets {
#define MAILTRUST_TARGET(name) void name(std::string_view octets);
#include "targets.inc"
#undef MAILTRUST_TARGET
}  // namespace targets

namespace {

struct Target {
  std::string_view name;
  void (*run)(std::string_view);
};

constexpr Target kTargets[] = {
#define MAILTRUST_TARGET(name) {#name, targets::name},
#include "targets.inc"
#undef MAILTRUST_TARGET
};

constexpr std::size_t kFlips = 64;  // of one file, spread over it

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs what lies near the input too: a corpus that is only ever run as it is finds nothing new.
std::size_t run_near(const Target& target, std::string octets) {
  target.run(octets);
  target.run(std::string(octets, 0, octets.size() / 2));
  target.run(std::string(octets, octets.size() / 2));
  auto step = std::max<std::size_t>(1, octets.size() / kFlips);
  std::size_t runs = 3;
  for (std::size_t i = 0; i < octets.size(); i += step, ++runs) {
    octets[i] = static_cast<char>(octets[i] ^ static_cast<char>(1U << (i % 8)));
    target.run(octets);
    octets[i] = static_cast<char>(octets[i] ^ static_cast<char>(1U << (i % 8)));
  }
  return runs;
}

int replay(const Target& target, const std::vector<std::string>& folders, bool as_is) {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  std::size_t runs = 0;
  for (const auto& file : files) {
    if (!as_is) {
      runs += run_near(target, content(file));
      continue;
    }
    target.run(content(file));
    ++runs;
  }
  std::printf("%s: %zu files, %zu runs\n", target.name.data(), files.size(), runs);
  return files.empty() ? 1 : 0;
}

}  // namespace
}  // namespace mailtrust::fuzz

int main(int argc, char** argv) {
  using namespace mailtrust::fuzz;
  std::vector<std::string> words(argv + 1, argv + argc);
  bool as_is = !words.empty() && words[0] == "--as-is";
  if (as_is) words.erase(words.begin());
  for (const auto& target : kTargets)
    if (!words.empty() && target.name == words[0])
      return replay(target, {words.begin() + 1, words.end()}, as_is);
  std::fprintf(stderr, "usage: fuzz_replay [--as-is] TARGET FOLDER...\n");
  return 2;
}
