-- Forgets workspaces; one that was dropped by the same token is left alone. Gives 1 for each.
-- ARGV[1]: {seconds of a note, seconds of a piece that nobody uses}; then {shelf, workspace, token}.
local note_seconds, piece_seconds = unpack(cmsgpack.unpack(ARGV[1]))

local function drop(shelf, workspace, token)
  local meta = shelf .. 'meta:' .. workspace
  if not redis.call('SET', shelf .. 'note:' .. token, '', 'NX', 'EX', note_seconds) then
    return
  end
  local state = redis.call('HMGET', meta, 'version', 'logs', 'base')
  redis.call('UNLINK', meta, shelf .. 'rows:' .. workspace, shelf .. 'commits:' .. workspace,
    shelf .. 'numbers:' .. workspace, shelf .. 'claims:' .. workspace)
  if not state[1] then
    return
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
end

local answers = {}
for number = 2, #ARGV do
  drop(unpack(cmsgpack.unpack(ARGV[number])))
  answers[number - 1] = 1
end
return from_primary(answers)
