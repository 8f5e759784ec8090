#include "mailbox/mailbox.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "mailbox/mbox.hpp"
#include "mailbox/tree.hpp"
#include "message/header.hpp"

namespace mailtrust::mailbox {
namespace {

constexpr std::size_t kStart = 4U << 10;  // enough to see what a file is
constexpr double kUnknown = -1;

/// A file that is one message: the worker reads it.
class FileOctets : public message::Octets {
 public:
  FileOctets(std::string start, OctetStream stream)
      : start_(std::move(start)), stream_(std::move(stream)) {}

  Expected<std::size_t> read(std::span<char> room) override {
    if (auto held = start_.read(room); !held || *held > 0) return held;
    return stream_.read(room);
  }

  [[nodiscard]] std::optional<std::size_t> left() const override {
    auto of_stream = stream_.left();
    if (!of_stream) return std::nullopt;
    return *start_.left() + *of_stream;
  }

 private:
  message::HeldOctets start_;
  OctetStream stream_;
};

/// An mbox of which one message at a time may be with a worker.
struct Shared {
  explicit Shared(Mbox opened) : mbox(std::move(opened)) {}

  Mbox mbox;
  std::mutex mutex;
  std::condition_variable came_back;
  bool lent = false;
};

/// A message too large to be held; while it lives nobody else reads the mbox.
class LentOctets : public message::Octets {
 public:
  LentOctets(std::shared_ptr<Shared> shared, std::string start)
      : shared_(std::move(shared)), piece_(std::move(start)) {
    shared_->lent = true;
  }

  ~LentOctets() override {
    {
      std::lock_guard lock(shared_->mutex);
      shared_->lent = false;
    }
    shared_->came_back.notify_one();
  }

  Expected<std::size_t> read(std::span<char> room) override {
    while (taken_ == piece_.size()) {
      piece_.clear();
      taken_ = 0;
      auto more = shared_->mbox.more(piece_);
      if (!more) return fail(more.error());
      if (!*more) return std::size_t{0};
    }
    auto size = std::min(room.size(), piece_.size() - taken_);
    std::copy_n(piece_.data() + taken_, size, room.data());
    taken_ += size;
    return size;
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::string piece_;
  std::size_t taken_ = 0;
};

}  // namespace

std::string name_of(const Item& item) {
  return item.index == 0 ? item.file : item.file + '(' + std::to_string(item.index) + ')';
}

class Walk::Impl {
 public:
  Impl(std::string path, Quoting quoting, Packed packed)
      : tree_(std::move(path)), quoting_(quoting), packed_(packed) {}

  Expected<std::optional<Item>> next() {
    while (true) {
      if (mbox_) {
        auto item = next_in_mbox();
        if (!item) mbox_.reset();
        if (!item || *item) return item;
        mbox_.reset();
      }
      auto path = tree_.next();
      note_fraction();
      if (!path) return fail(path.error());
      if (!*path) return std::nullopt;
      auto item = open(std::move(**path));
      if (!item || *item) return item;
    }
  }

  [[nodiscard]] bool may_be_empty() const { return tree_.holds_maildir(); }

  [[nodiscard]] std::optional<double> fraction() const {
    auto known = fraction_.load();
    return known == kUnknown ? std::nullopt : std::optional(known);
  }

 private:
  // The file's only message; nothing when it is an mbox, which is then in place.
  Expected<std::optional<Item>> open(std::string path) {
    auto stream = OctetStream::open(path, packed_);
    if (!stream) return fail(stream.error());
    std::string start(kStart, '\0');
    auto got = fill(*stream, start);
    if (!got) return fail(got.error());
    file_ = std::move(path);
    if (!message::is_from_line(std::string_view(start).substr(0, start.find('\n')))) {
      auto octets = std::make_unique<FileOctets>(std::move(start), std::move(*stream));
      return Item{file_, 0, std::move(octets)};
    }
    mbox_ = std::make_shared<Shared>(Mbox(std::move(*stream), start, quoting_));
    index_ = 0;
    return std::nullopt;
  }

  // A pipe may hand out less than it takes to see what comes.
  static Expected<void> fill(OctetStream& stream, std::string& start) {
    constexpr std::size_t kEnough = 16;
    std::size_t filled = 0;
    while (filled < kEnough) {
      auto got = stream.read(std::span(start).subspan(filled));
      if (!got) return fail(got.error());
      if (*got == 0) break;
      filled += *got;
    }
    start.resize(filled);
    return {};
  }

  Expected<std::optional<Item>> next_in_mbox() {
    {
      std::unique_lock lock(mbox_->mutex);
      mbox_->came_back.wait(lock, [&] { return !mbox_->lent; });
    }
    auto& mbox = mbox_->mbox;
    auto begun = mbox.begin();
    note_fraction();
    if (!begun) return fail(begun.error());
    if (!*begun) return std::nullopt;
    ++index_;
    std::string octets;
    while (octets.size() <= Mbox::kHeld) {
      auto more = mbox.more(octets);
      if (!more) return fail(more.error());
      if (!*more) return Item{file_, index_, held(std::move(octets))};
    }
    return Item{file_, index_, std::make_unique<LentOctets>(mbox_, std::move(octets))};
  }

  static std::unique_ptr<message::Octets> held(std::string octets) {
    octets.shrink_to_fit();
    return std::make_unique<message::HeldOctets>(std::move(octets));
  }

  void note_fraction() {
    if (tree_.is_directory())
      fraction_ = tree_.fraction();
    else if (mbox_)
      fraction_ = mbox_->mbox.fraction().value_or(kUnknown);
  }

  Tree tree_;
  Quoting quoting_;
  Packed packed_;
  std::string file_;
  std::size_t index_ = 0;
  std::shared_ptr<Shared> mbox_;
  std::atomic<double> fraction_{kUnknown};
};

Walk::Walk(std::string path, Quoting quoting, Packed packed)
    : impl_(std::make_unique<Impl>(std::move(path), quoting, packed)) {}

Walk::Walk(Walk&&) noexcept = default;
Walk& Walk::operator=(Walk&&) noexcept = default;
Walk::~Walk() = default;

Expected<std::optional<Item>> Walk::next() {
  return impl_->next();
}

bool Walk::may_be_empty() const {
  return impl_->may_be_empty();
}

std::optional<double> Walk::fraction() const {
  return impl_->fraction();
}

}  // namespace mailtrust::mailbox
