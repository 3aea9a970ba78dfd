"""What a hub does where its workspaces are kept in a store."""
