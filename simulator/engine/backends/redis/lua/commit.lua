-- Keeps commits, each all of it or nothing. Gives for each its version, the version with which its
-- workspace began, its logs and the token of the commit that made that version; false where the
-- workspace is at another version; -1 and the numbers of its pieces that are not there yet.
-- ARGV[1]: {{entries and bytes of a log, by its name}, commits and changes remembered, seconds of a
-- note, seconds of a piece that nobody uses}; then of each commit {shelf, workspace, token, expected,
-- whether it is whole, due or false, number of fields and records, {field that is gone, ...}, number
-- of fields that change, {log, number of entries, ...}, the token by which the expected version is
-- known or nothing}, the digests of its pieces or the fields that change, packed, and all fields and
-- records and then entries, each for itself.
local bounds, most_commits, most_changes, note_seconds, piece_seconds =
  unpack(cmsgpack.unpack(ARGV[1]))
local PORTION = 4000

local function in_portions(command, key, values, from, to)
  local answer
  for first = from, to, PORTION do
    answer = redis.call(command, key, unpack(values, first, math.min(first + PORTION - 1, to)))
  end
  return answer
end

local function missing(shelf, pieces)
  local absent
  for at = 1, #pieces, DIGEST do
    if redis.call('EXISTS', shelf .. 'piece:' .. string.sub(pieces, at, at + DIGEST - 1)) == 0 then
      absent = absent or {-1}
      absent[#absent + 1] = (at - 1) / DIGEST
    end
  end
  return absent
end

-- What was given to this commit, if it was kept before; also where the workspace began again since.
local function kept_before(shelf, workspace, token, expected, changed, version, began)
  if not changed then
    local note = redis.call('GET', shelf .. 'note:' .. token)
    return note and cmsgpack.unpack(note)
  end
  local reached = expected > 0 and expected + 1 or began
  if reached > version then
    return false
  end
  local found = redis.call('LINDEX', shelf .. 'commits:' .. workspace, reached - version - 1)
  local earlier = found and cmsgpack.unpack(found)
  return earlier and earlier[2] == token and {reached, math.min(began, reached), earlier[3], token}
end

local function next_version(shelf, version)
  if version > 0 then
    return version + 1
  end
  local now = redis.call('TIME')
  local highest = tonumber(redis.call('GET', shelf .. 'top') or 0)
  return math.max(tonumber(now[1]) * 1000000 + tonumber(now[2]), highest + 1)
end

-- Adds entries, which stand from `at` on, to logs, which are told by name with the number of the
-- last entry and their bytes.
local function append(shelf, workspace, told, logs, at)
  for number = 1, #logs, 2 do
    local log, count = logs[number], logs[number + 1]
    local key = shelf .. 'log:' .. log .. ':' .. workspace
    local state = told[log] or {0, 0}
    local bytes = state[2]
    for each = at, at + count - 1 do
      bytes = bytes + #ARGV[each]
    end
    local length = in_portions('RPUSH', key, ARGV, at, at + count - 1)
    local most_entries, most_bytes = unpack(bounds[log] or {math.huge, math.huge})
    while length > most_entries do
      local gone = redis.call('LPOP', key, math.min(PORTION, length - most_entries))
      for _, entry in ipairs(gone) do
        bytes = bytes - #entry
      end
      length = length - #gone
    end
    while bytes > most_bytes do
      bytes = bytes - #redis.call('LPOP', key)
    end
    told[log] = {state[1] + count, bytes}
    at = at + count
  end
  return next(told) and cmsgpack.pack(told) or ''
end

local function begin_again(shelf, workspace, base, pieces, told)
  take(shelf, pieces)
  let_go(shelf, base, piece_seconds)
  redis.call('UNLINK', shelf .. 'rows:' .. workspace, shelf .. 'numbers:' .. workspace)
  for log in pairs(told) do
    redis.call('UNLINK', shelf .. 'log:' .. log .. ':' .. workspace)
  end
end

-- Notes the fields that a commit changed, and forgets the oldest commits beyond the bounds.
local function remember(shelf, workspace, remembered, count, token, logs, touched)
  local key = shelf .. 'commits:' .. workspace
  if count > most_changes then
    count, touched = 0, false
  end
  local length = redis.call('RPUSH', key, cmsgpack.pack({count, token, logs, touched}))
  remembered = remembered + count
  while length > most_commits or remembered > most_changes do
    remembered = remembered - cmsgpack.unpack(redis.call('LPOP', key))[1]
    length = length - 1
  end
  return remembered
end

-- Keeps the commit that stands from `at` on; gives what it answers, and where the next one stands.
local function keep(at)
  local shelf, workspace, token, expected, whole, due, puts, gone, count, entries, known =
    unpack(cmsgpack.unpack(ARGV[at]))
  local first, after_puts = at + 2, at + 2 + puts
  local behind = after_puts
  for number = 2, #entries, 2 do
    behind = behind + entries[number]
  end
  local changed = whole or count > 0
  local meta, rows = shelf .. 'meta:' .. workspace, shelf .. 'rows:' .. workspace
  local state = redis.call('HMGET', meta, 'version', 'began', 'logs', 'remembered', 'base', 'last')
  local version, began = tonumber(state[1] or 0), tonumber(state[2] or 0)
  local logs, base, last = state[3] or '', state[5] or '', state[6] or ''
  if version ~= expected or (known ~= '' and known ~= last) then
    return kept_before(shelf, workspace, token, expected, changed, version, began), behind
  end
  if not changed and (#entries == 0 or version == 0) then
    return {version, began, logs, last}, behind
  end
  if not changed then
    local note = shelf .. 'note:' .. token
    local before = redis.call('GET', note)
    if before then
      return cmsgpack.unpack(before), behind
    end
    local told = logs ~= '' and cmsgpack.unpack(logs) or {}
    logs = append(shelf, workspace, told, entries, after_puts)
    redis.call('HSET', meta, 'logs', logs)
    local answer = {version, began, logs, last}
    redis.call('SET', note, cmsgpack.pack(answer), 'EX', note_seconds)
    return answer, behind
  end

  local touched = ARGV[at + 1]
  local absent = whole and missing(shelf, touched)
  if absent then
    return absent, behind
  end
  local told = logs ~= '' and cmsgpack.unpack(logs) or {}
  local remembered = tonumber(state[4] or 0)
  local number = next_version(shelf, version)
  if version == 0 then
    redis.call('SADD', shelf .. 'names', workspace)
  end
  if whole then
    begin_again(shelf, workspace, base, touched, told)
    told, base, touched, logs = {}, touched, false, ''
  end
  if whole or version == 0 then
    began = number
    redis.call('HSET', meta, 'began', began, 'base', base)
  end
  in_portions('HSET', rows, ARGV, first, after_puts - 1)
  if base == '' then
    in_portions('HDEL', rows, gone, 1, #gone)
  else
    local emptied = {}
    for each, field in ipairs(gone) do
      emptied[2 * each - 1], emptied[2 * each] = field, ''
    end
    in_portions('HSET', rows, emptied, 1, #emptied)
  end
  if #entries > 0 then
    logs = append(shelf, workspace, told, entries, after_puts)
  end
  remembered = remember(shelf, workspace, remembered, count, token, logs, touched)
  redis.call('HSET', meta, 'version', number, 'logs', logs, 'remembered', remembered,
    'last', token)
  if due then
    redis.call('ZADD', shelf .. 'due', due, workspace)
  else
    redis.call('ZREM', shelf .. 'due', workspace)
  end
  return {number, began, logs, token}, behind
end

local answers, at = {}, 2
while ARGV[at] do
  answers[#answers + 1], at = keep(at)
end
return from_primary(answers)
