#include "list/edit.hpp"

#include <utility>

#include "list/change.hpp"
#include "list/list_id.hpp"

namespace mailtrust::list {
namespace {

// A change by hand from its beginning to its commit.
class Editor {
 public:
  static Expected<Editor> begin(Store& store, const std::string& list, std::string what,
                                std::string detail, const Actor& actor) {
    Deed deed{actor.author, actor.now, std::move(what), std::move(detail)};
    auto change = Change::begin(store, list, std::move(deed));
    if (!change) return fail(change.error());
    return Editor(std::move(*change), actor);
  }

  Change& change() { return change_; }

  Edited& edited() { return edited_; }

  Expected<void> make_if_missing(const Making& making) {
    if (auto fits = check_fit(change_.list(), making); !fits) return fits;
    edited_.made = !change_.list();
    if (!edited_.made) return {};
    return change_.create(making.verdict.value_or(Verdict::deny), making.exclusive);
  }

  Expected<Edited> finish() {
    if (const auto& list = change_.list()) {
      edited_.list = *list;
      const auto& counts = change_.counts();
      edited_.list.entries = list->entries + counts.added - counts.removed;
      edited_.first_exclusive = list->exclusive && list->entries == 0 && edited_.list.entries > 0;
      if (auto good = check_admission(*list); !good) return fail(good.error());
    }
    if (auto done = change_.commit(); !done) return fail(done.error());
    return std::move(edited_);
  }

 private:
  Editor(Change change, const Actor& actor) : change_(std::move(change)), actor_(actor) {}

  Expected<void> check_admission(const Listed& list) {
    Admission admission(list, actor_.address, actor_.now);
    if (!admission.is_needed() || !change_.any()) return {};
    auto read = change_.range({}, {}, [&](std::string_view key, const Row& row) {
      admission.see(key, row);
      return true;
    });
    return read ? admission.check(actor_.force) : read;
  }

  Change change_;
  const Actor& actor_;
  Edited edited_;
};

Expected<Effect> add_entry(Change& change, const Entry& entry, const Addition& addition,
                           std::int64_t now) {
  auto key = key_of(entry);
  auto before = change.get(key);
  if (!before) return fail(before.error());
  if (!*before) {
    auto origin = change.origin({});
    if (!origin) return fail(origin.error());
    Row row{
        .origin = *origin, .expires = addition.expires, .comment = addition.comment.value_or("")};
    auto added = change.add(key, row);
    return added ? Expected<Effect>(Effect::added) : fail(added.error());
  }
  bool has_run_out = (*before)->expires && *(*before)->expires <= now;
  Row wanted = **before;
  if (addition.comment) wanted.comment = *addition.comment;
  if (addition.expires || has_run_out) wanted.expires = addition.expires;
  if (wanted == **before) return Effect::unchanged;
  auto after = change.revised(**before);
  if (!after) return fail(after.error());
  after->comment = wanted.comment;
  after->expires = wanted.expires;
  auto updated = change.update(key, **before, *after);
  return updated ? Expected<Effect>(Effect::updated) : fail(updated.error());
}

Row amended(Row row, const Amendment& amendment) {
  if (amendment.comment) row.comment = *amendment.comment;
  if (amendment.expires) row.expires = *amendment.expires;
  if (amendment.state) row.state = *amendment.state;
  return row;
}

Expected<Effect> amend_entry(Change& change, const Entry& entry, const Amendment& amendment) {
  auto key = key_of(entry);
  auto before = change.get(key);
  if (!before) return fail(before.error());
  if (!*before) return Effect::missing;
  if (amended(**before, amendment) == **before) return Effect::unchanged;
  auto after = change.revised(**before);
  if (!after) return fail(after.error());
  auto updated = change.update(key, **before, amended(*after, amendment));
  return updated ? Expected<Effect>(Effect::updated) : fail(updated.error());
}

Expected<Effect> remove_entry(Change& change, const Entry& entry) {
  auto key = key_of(entry);
  auto before = change.get(key);
  if (!before) return fail(before.error());
  if (!*before) return Effect::missing;
  auto removed = change.remove(key, **before);
  return removed ? Expected<Effect>(Effect::removed) : fail(removed.error());
}

// Runs `edit` over the entries of a list that is there. A missing entry undoes all.
template <typename Edit>
Expected<Edited> edit_each(Store& store, const std::string& list, const std::vector<Entry>& entries,
                           const std::string& what, const Actor& actor, Edit edit) {
  auto editor = Editor::begin(store, list, what, {}, actor);
  if (!editor) return fail(editor.error());
  if (!editor->change().list()) return no_such_list(list);
  bool missing = false;
  for (const auto& entry : entries) {
    auto effect = edit(editor->change(), entry);
    if (!effect) return fail(effect.error());
    editor->edited().effects.push_back(*effect);
    missing = missing || *effect == Effect::missing;
  }
  if (!missing) return editor->finish();
  for (auto& effect : editor->edited().effects)
    if (effect != Effect::missing) effect = Effect::unchanged;
  editor->edited().list = *editor->change().list();
  return editor->edited();
}

}  // namespace

std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::added: return "added";
    case Effect::updated: return "updated";
    case Effect::unchanged: return "unchanged";
    case Effect::removed: return "removed";
    case Effect::missing: return "missing";
  }
  return "unchanged";
}

Expected<void> check_fit(const std::optional<Listed>& found, const Making& making) {
  if (!found) return {};
  if (making.verdict && *making.verdict != found->verdict)
    return fail(Error::Kind::usage, "--" + std::string(to_string(*making.verdict)),
                found->name + " is a list of the other verdict, " +
                    std::string(to_string(found->verdict)) +
                    ": leave the option out, or name another list");
  if (making.exclusive && !found->exclusive)
    return fail(Error::Kind::usage, "--exclusive",
                found->name + " is there already and is not exclusive: name another list");
  return {};
}

Expected<Edited> add(Store& store, const std::string& list, const Addition& addition,
                     const Actor& actor) {
  auto editor = Editor::begin(store, list, "add", {}, actor);
  if (!editor) return fail(editor.error());
  if (auto made = editor->make_if_missing(addition.making); !made) return fail(made.error());
  for (const auto& entry : addition.entries) {
    auto effect = add_entry(editor->change(), entry, addition, actor.now);
    if (!effect) return fail(effect.error());
    editor->edited().effects.push_back(*effect);
  }
  return editor->finish();
}

Expected<Edited> amend(Store& store, const std::string& list, const std::vector<Entry>& entries,
                       const Amendment& amendment, const std::string& what, const Actor& actor) {
  return edit_each(store, list, entries, what, actor, [&](Change& change, const Entry& entry) {
    return amend_entry(change, entry, amendment);
  });
}

Expected<Edited> remove(Store& store, const std::string& list, const std::vector<Entry>& entries,
                        const Actor& actor) {
  return edit_each(store, list, entries, "remove", actor, remove_entry);
}

Expected<Edited> create(Store& store, const std::string& list, const Making& making,
                        const Actor& actor) {
  auto editor = Editor::begin(store, list, "create", {}, actor);
  if (!editor) return fail(editor.error());
  if (auto made = editor->make_if_missing(making); !made) return fail(made.error());
  return editor->finish();
}

Expected<Edited> drop(Store& store, const std::string& list, const Actor& actor) {
  auto editor = Editor::begin(store, list, "drop", {}, actor);
  if (!editor) return fail(editor.error());
  auto& change = editor->change();
  if (!change.list()) return no_such_list(list);
  auto listed = *change.list();
  if (listed.entries > 0 && !actor.force)
    return fail(Error::Kind::usage, list,
                "holds " + std::to_string(listed.entries) +
                    (listed.entries == 1 ? " entry" : " entries") +
                    ": --force drops it all the same, and `list undo` brings it back");
  if (auto dropped = change.drop(); !dropped) return fail(dropped.error());
  auto edited = editor->finish();
  if (edited) edited->list = listed;
  return edited;
}

Admission::Admission(const Listed& list, const std::optional<net::Address>& address,
                     std::int64_t now)
    : list_(list.name), now_(now) {
  if (!list.exclusive || list.verdict != Verdict::allow || !address) return;
  block_ = block_of(address->unmapped());
  address_ = net::to_string(address->unmapped());
}

void Admission::see(std::string_view key, const Row& row) {
  any_ = true;
  if (row.state != State::active || (row.expires && *row.expires <= now_)) return;
  auto entry = entry_from(key);
  admitted_ = admitted_ || (entry && entry->has_block() && entry->block.contains(*block_));
}

Expected<void> Admission::check(bool force) const {
  if (!block_ || !any_ || admitted_ || force) return {};
  return fail(Error::Kind::usage, list_,
              "would lock out " + address_ +
                  ", the address you are connected from: add it too, or use --force");
}

}  // namespace mailtrust::list
