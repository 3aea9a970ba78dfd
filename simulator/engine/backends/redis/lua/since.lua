-- What changed after versions. Gives for each its version, the version with which its workspace
-- began, its logs, the token of its last commit, the number of its fields, and then each field that changed with its present record ('' or false: gone);
-- false where that is not known any more.
-- ARGV[1]: nothing; then {shelf, workspace, version, the token by which it is known or
-- nothing}.
local PORTION = 4000

local function missed(shelf, workspace, version, known)
  local state = redis.call('HMGET', shelf .. 'meta:' .. workspace, 'version', 'began', 'logs',
    'last')
  if not state[1] then
    return false
  end
  local present, began = tonumber(state[1]), tonumber(state[2])
  local count = redis.call('HLEN', shelf .. 'rows:' .. workspace)
  local answer = {present, began, state[3] or '', state[4] or '', count}
  if version == present then
    return (known == '' or known == state[4]) and answer
  end
  if version > present or version < began then
    return false
  end
  local key = shelf .. 'commits:' .. workspace
  if known ~= '' then
    local own = redis.call('LINDEX', key, version - present - 1)
    if not own or cmsgpack.unpack(own)[2] ~= known then
      return false
    end
  end
  local commits = redis.call('LRANGE', key, version - present, -1)
  if #commits < present - version then
    return false
  end
  local seen, fields = {}, {}
  for _, packed in ipairs(commits) do
    local touched = cmsgpack.unpack(packed)[4]
    if not touched then
      return false
    end
    for _, field in ipairs(cmsgpack.unpack(touched)) do
      if not seen[field] then
        seen[field] = true
        fields[#fields + 1] = field
      end
    end
  end
  for first = 1, #fields, PORTION do
    local last = math.min(first + PORTION - 1, #fields)
    local records = redis.call('HMGET', shelf .. 'rows:' .. workspace, unpack(fields, first, last))
    for at, record in ipairs(records) do
      answer[#answer + 1] = fields[first + at - 1]
      answer[#answer + 1] = record
    end
  end
  return answer
end

local answers = {}
for number = 2, #ARGV do
  answers[number - 1] = missed(unpack(cmsgpack.unpack(ARGV[number])))
end
return from_primary(answers)
