-- Forgets workspaces; one that was dropped by the same token is left alone, and so is one that is not
-- at the version, with the ends of its logs, if these are given. Gives 1 for each that is gone, else 0.
-- ARGV[1]: {seconds of a note, seconds of a piece that nobody uses}; then
-- {shelf, workspace, token, version or 0, {log: end}}.
local note_seconds, piece_seconds = unpack(cmsgpack.unpack(ARGV[1]))

local function is_at(state, version, ends)
  if tonumber(state[1]) ~= version then
    return false
  end
  local logs = state[2] and state[2] ~= '' and cmsgpack.unpack(state[2]) or {}
  for log, reached in pairs(logs) do
    if reached[1] ~= (ends[log] or 0) then
      return false
    end
  end
  return true
end

local function drop(shelf, workspace, token, version, ends)
  local meta = shelf .. 'meta:' .. workspace
  local state = redis.call('HMGET', meta, 'version', 'logs', 'base')
  if version ~= 0 and state[1] and not is_at(state, version, ends) then
    return 0
  end
  if not redis.call('SET', shelf .. 'note:' .. token, '', 'NX', 'EX', note_seconds) then
    return 1
  end
  redis.call('UNLINK', meta, shelf .. 'rows:' .. workspace, shelf .. 'commits:' .. workspace,
    shelf .. 'numbers:' .. workspace, shelf .. 'claims:' .. workspace)
  if not state[1] then
    return 1
  end
  let_go(shelf, state[3] or '', piece_seconds)
  if state[2] and state[2] ~= '' then
    for log in pairs(cmsgpack.unpack(state[2])) do
      redis.call('UNLINK', shelf .. 'log:' .. log .. ':' .. workspace)
    end
  end
  redis.call('SREM', shelf .. 'names', workspace)
  redis.call('ZREM', shelf .. 'due', workspace)
  if tonumber(state[1]) > tonumber(redis.call('GET', shelf .. 'top') or 0) then
    redis.call('SET', shelf .. 'top', state[1])
  end
  return 1
end

local answers = {}
for number = 2, #ARGV do
  answers[number - 1] = drop(unpack(cmsgpack.unpack(ARGV[number])))
end
return from_primary(answers)
